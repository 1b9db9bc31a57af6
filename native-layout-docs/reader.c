/*
 * Reads an image: what it is, the newest output, and two weights.
 *
 *     cc -std=gnu11 -O2 -o reader reader.c && ./reader FILE
 *
 * FILE is a dump of the image, or a file that it is mapped from. Little-endian machines only. The region table says where
 * everything stands, so the offsets below are all that a reader has to know; a test holds them against the code.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAGIC            0x455641574b434954 /* HeaderDescriptor.MAGIC */
#define VERSION                           1 /* HeaderDescriptor.VERSION */
#define HEADER_MAGIC                      0 /* HeaderDescriptor.MAGIC_OFFSET */
#define HEADER_VERSION                    8 /* HeaderDescriptor.VERSION_OFFSET */
#define HEADER_LANES                     12 /* HeaderDescriptor.LANES_OFFSET */
#define HEADER_IMAGE_BYTES               16 /* HeaderDescriptor.IMAGE_BYTES_OFFSET */
#define HEADER_LAYERS                    40 /* HeaderDescriptor.LAYERS_OFFSET */
#define HEADER_REGION_COUNT              44 /* HeaderDescriptor.REGION_COUNT_OFFSET */
#define TABLE                            64 /* HeaderDescriptor.TABLE_OFFSET */
#define ENTRY_BYTES                      32 /* HeaderDescriptor.ENTRY_BYTES */
#define ENTRY_KIND                        0 /* HeaderDescriptor.ENTRY_KIND_OFFSET */
#define ENTRY_LAYER                       4 /* HeaderDescriptor.ENTRY_LAYER_OFFSET */
#define ENTRY_REGION                      8 /* HeaderDescriptor.ENTRY_REGION_OFFSET */
#define ENTRY_STRIDE                     16 /* HeaderDescriptor.ENTRY_STRIDE_OFFSET */
#define ENTRY_SLOTS                      24 /* HeaderDescriptor.ENTRY_SLOTS_OFFSET */
#define ENTRY_WIDTH                      28 /* HeaderDescriptor.ENTRY_WIDTH_OFFSET */
#define COUNTERS_BYTES                  128 /* CountersDescriptor.STRIDE_BYTES */
#define COUNTERS_DONE                     0 /* CountersDescriptor.DONE_OFFSET */
#define SLOT_TICK                         0 /* SlotDescriptor.TICK_OFFSET */
#define SLOT_FRAME                        8 /* SlotDescriptor.FRAME_OFFSET */
#define SLOT_REFUSED                     20 /* SlotDescriptor.REFUSED_OFFSET */
#define SLOT_VECTOR                      64 /* SlotDescriptor.VECTOR_OFFSET */

enum kind { COUNTERS = 1, ACTIVATION = 3, WEIGHTS = 5 }; /* Region.Kind */

struct region {
    const char *at;
    int64_t stride;
    int32_t slots;
    int32_t width;
};

static int32_t int32(const char *at) {
    int32_t value;
    memcpy(&value, at, sizeof value);
    return value;
}

static int64_t int64(const char *at) {
    int64_t value;
    memcpy(&value, at, sizeof value);
    return value;
}

static void fail(const char *what) {
    fprintf(stderr, "reader: %s\n", what);
    exit(1);
}

static struct region find(const char *image, enum kind kind, int32_t layer) {
    for (int32_t i = 0; i < int32(image + HEADER_REGION_COUNT); i++) {
        const char *entry = image + TABLE + (size_t) i * ENTRY_BYTES;
        if (int32(entry + ENTRY_KIND) == (int32_t) kind && int32(entry + ENTRY_LAYER) == layer) {
            return (struct region) {
                image + int64(entry + ENTRY_REGION), int64(entry + ENTRY_STRIDE),
                int32(entry + ENTRY_SLOTS), int32(entry + ENTRY_WIDTH)};
        }
    }
    fail("no such region");
    abort();
}

/* The vector of tick t, whole, or 0 if it is not there or was overwritten while it was copied. */
static int copy(const struct region *ring, int64_t t, float *to, int64_t *frame, int32_t *refused) {
    const char *slot = ring->at + t % ring->slots * ring->stride;
    const int64_t *tick = (const int64_t *) (slot + SLOT_TICK);
    if (__atomic_load_n(tick, __ATOMIC_ACQUIRE) != t) {
        return 0;
    }
    memcpy(to, slot + SLOT_VECTOR, (size_t) ring->width * sizeof *to);
    *frame = int64(slot + SLOT_FRAME);
    *refused = int32(slot + SLOT_REFUSED);
    __atomic_thread_fence(__ATOMIC_ACQUIRE);
    return __atomic_load_n(tick, __ATOMIC_RELAXED) == t;
}

/* The weight from neuron j of the layer below to neuron i; for reading between two ticks. */
static float weight(const char *image, const struct region *weights, int64_t i, int64_t j) {
    const int64_t columns = 4 * int32(image + HEADER_LANES);
    float value;
    memcpy(&value, weights->at + j / columns * weights->stride + (i * columns + j % columns) * 4, sizeof value);
    return value;
}

int main(int count, char **arguments) {
    if (count != 2) {
        fail("expected one argument, a file");
    }
    FILE *file = fopen(arguments[1], "rb");
    if (file == NULL) {
        fail("the file cannot be opened");
    }
    char header[TABLE];
    if (fread(header, 1, sizeof header, file) < sizeof header || int64(header + HEADER_MAGIC) != MAGIC) {
        fail("this is no image");
    }
    if (int32(header + HEADER_VERSION) != VERSION) {
        fail("this is an image of another version");
    }
    const size_t bytes = (size_t) int64(header + HEADER_IMAGE_BYTES);
    char *image = aligned_alloc(TABLE, bytes);
    rewind(file);
    if (image == NULL || fread(image, 1, bytes, file) < bytes) {
        fail("the image is cut short, or does not fit in memory");
    }
    fclose(file);

    const int32_t layers = int32(image + HEADER_LAYERS);
    printf("lanes %" PRId32 " layers %" PRId32 " bytes %zu\n", int32(image + HEADER_LANES), layers, bytes);

    const struct region counters = find(image, COUNTERS, 0);
    const int64_t done = __atomic_load_n(
        (const int64_t *) (counters.at + (size_t) (layers - 1) * COUNTERS_BYTES + COUNTERS_DONE), __ATOMIC_ACQUIRE);
    const struct region output = find(image, ACTIVATION, layers);
    float *x = calloc((size_t) output.width, sizeof *x);
    int64_t frame;
    int32_t refused;
    if (x == NULL || !copy(&output, done, x, &frame, &refused)) {
        fail("the newest output was overwritten while it was copied");
    }
    printf("tick %" PRId64 " frame %" PRId64 " refused %" PRId32 "\n", done, frame, refused);
    for (int32_t i = 0; i < output.width; i++) {
        printf("x %" PRId32 " %.9g\n", i, x[i]);
    }

    const struct region weights = find(image, WEIGHTS, layers);
    printf("w 0 0 %.9g\n", weight(image, &weights, 0, 0));
    printf("w %" PRId32 " %" PRId32 " %.9g\n", output.width - 1, weights.width - 1,
        weight(image, &weights, output.width - 1, weights.width - 1));
    free(x);
    free(image);
    return 0;
}
