/*
 * Reads an image: what it is, its settings, the newest output, and two weights; or the output of so many ticks, while an engine
 * ticks.
 *
 *     cc -std=gnu11 -O2 -o reader reader.c && ./reader FILE [TICKS]
 *
 * FILE is a dump of the image, or a file that an engine has it mapped from. Little-endian machines only. The region table says
 * where everything stands, so the offsets below are all that a reader has to know; a test holds them against the code.
 */
#include <fcntl.h>
#include <inttypes.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define MAGIC            0x455641574b434954 /* HeaderDescriptor.MAGIC */
#define VERSION                           3 /* HeaderDescriptor.VERSION */
#define HEADER_MAGIC                      0 /* HeaderDescriptor.MAGIC_OFFSET */
#define HEADER_VERSION                    8 /* HeaderDescriptor.VERSION_OFFSET */
#define HEADER_LANES                     12 /* HeaderDescriptor.LANES_OFFSET */
#define HEADER_IMAGE_BYTES               16 /* HeaderDescriptor.IMAGE_BYTES_OFFSET */
#define HEADER_LAYERS                    40 /* HeaderDescriptor.LAYERS_OFFSET */
#define HEADER_REGION_COUNT              44 /* HeaderDescriptor.REGION_COUNT_OFFSET */
#define HEADER_STATE                     56 /* HeaderDescriptor.STATE_OFFSET */
#define HEADER_END                       60 /* HeaderDescriptor.END_OFFSET */
#define TABLE                            64 /* HeaderDescriptor.TABLE_OFFSET */
#define ENTRY_BYTES                      32 /* HeaderDescriptor.ENTRY_BYTES */
#define ENTRY_KIND                        0 /* HeaderDescriptor.ENTRY_KIND_OFFSET */
#define ENTRY_OWNER                       4 /* HeaderDescriptor.ENTRY_OWNER_OFFSET */
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
#define SETTINGS_LINES                    3 /* SettingsDescriptor.LINES */
#define SETTINGS_BYTES                   64 /* SettingsDescriptor.STRIDE_BYTES */
#define SETTINGS_TAKEN                    0 /* SettingsDescriptor.TAKEN_OFFSET */
#define SETTINGS_FRAME                    8 /* SettingsDescriptor.FRAME_OFFSET */
#define SETTINGS_MINUS_RATE              40 /* SettingsDescriptor.MINUS_RATE_OFFSET */
#define SETTINGS_LEARNING                44 /* SettingsDescriptor.LEARNING_OFFSET */
#define SETTINGS_HELD                    48 /* SettingsDescriptor.HELD_OFFSET */

enum kind { /* Region.Kind */
    HEADER = 0, COUNTERS = 1, ZEROS = 2, ACTIVATION = 3, TARGET = 4, WEIGHTS = 5, BIAS = 6, SCRATCH = 7, DELTA = 8, ECHO = 9,
    ANSWER = 10, SETTINGS = 11, FEEDBACK = 12, STATISTICS = 13, UPDATES = 14
};

static const char *const STATES[] = {"opening", "at rest", "ticking", "failed", "closed"}; /* ImageState */
/* The states that END has; STATE has those before. */
enum { FAILED = 3, CLOSED = 4 };

struct image {
    const char *at;
    int64_t bytes;
};

struct region {
    const char *at;
    int64_t stride;
    int32_t slots;
    int32_t width;
};

struct output {
    int64_t tick;
    int64_t frame;
    int32_t refused;
    float *x;
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

static float float32(const char *at) {
    float value;
    memcpy(&value, at, sizeof value);
    return value;
}

static void fail(const char *what) {
    fprintf(stderr, "reader: %s\n", what);
    exit(1);
}

static void damaged(int condition) {
    if (condition) {
        fail("the region table is damaged");
    }
}

/* How many numbers a slot has room for; for the weights, a row of all panels. */
static int64_t room(int32_t kind, int64_t stride, int64_t slots, int64_t columns) {
    switch (kind) {
        case ACTIVATION: case TARGET: case DELTA: case ECHO: return (stride - SLOT_VECTOR) / (int64_t) sizeof(float);
        case BIAS: case SCRATCH: return stride / (int64_t) sizeof(float);
        case WEIGHTS: case FEEDBACK: return slots * columns;
        case STATISTICS: case UPDATES: return INT32_MAX;
        default: return 0;
    }
}

/* The largest owner that a kind can have. */
static int64_t most_owner(int32_t kind, int32_t layers, int32_t regions) {
    switch (kind) {
        case ACTIVATION: case TARGET: case BIAS: case SCRATCH: case DELTA: return layers;
        case WEIGHTS: case ECHO: case FEEDBACK: return regions;
        case STATISTICS: case UPDATES: return INT32_MAX;
        default: return 0;
    }
}

/* Each region follows the region before, lies in the image, and has room for what its kind holds. */
static void check_table(const struct image *image) {
    const int32_t regions = int32(image->at + HEADER_REGION_COUNT);
    const int32_t layers = int32(image->at + HEADER_LAYERS);
    const int64_t columns = 4 * (int64_t) int32(image->at + HEADER_LANES);
    int64_t end = 0;
    for (int32_t i = 0; i < regions; i++) {
        const char *entry = image->at + TABLE + (size_t) i * ENTRY_BYTES;
        const int32_t kind = int32(entry + ENTRY_KIND);
        const int32_t owner = int32(entry + ENTRY_OWNER);
        const int64_t offset = int64(entry + ENTRY_REGION);
        const int64_t stride = int64(entry + ENTRY_STRIDE);
        const int64_t slots = int32(entry + ENTRY_SLOTS);
        const int32_t width = int32(entry + ENTRY_WIDTH);
        damaged((i == 0) != (kind == HEADER) || kind < 0 || kind > UPDATES);
        damaged(owner < (kind == WEIGHTS || kind == ECHO || kind == FEEDBACK) || owner > most_owner(kind, layers, regions));
        damaged(offset < end || offset % (kind == COUNTERS ? COUNTERS_BYTES : TABLE) != 0 || offset >= image->bytes);
        damaged(i == 0 && (offset != 0 || stride < TABLE + (int64_t) regions * ENTRY_BYTES));
        damaged(stride < TABLE || stride % (kind == WEIGHTS || kind == FEEDBACK ? columns * (int64_t) sizeof(float) : TABLE) != 0);
        damaged(kind == COUNTERS && (stride != COUNTERS_BYTES || slots < (int64_t) layers + 1));
        damaged(kind == SETTINGS && (stride != SETTINGS_BYTES || slots < SETTINGS_LINES));
        damaged(slots < 1 || stride > (image->bytes - offset) / slots);
        damaged(width < ((kind >= ACTIVATION && kind <= ECHO) || kind == FEEDBACK) || width > room(kind, stride, slots, columns));
        for (int32_t k = 0; k < i; k++) {
            const char *before = image->at + TABLE + (size_t) k * ENTRY_BYTES;
            damaged(int32(before + ENTRY_KIND) == kind && int32(before + ENTRY_OWNER) == owner);
        }
        end = offset + slots * stride;
    }
}

/* Maps the file, so that what an engine writes to it is seen. The header is constant from then on,
 * unless an engine attaches to the image at another lane width. */
static struct image map(const char *path) {
    const int file = open(path, O_RDONLY);
    struct stat status;
    if (file < 0 || fstat(file, &status) != 0) {
        fail("the file cannot be opened");
    }
    if (status.st_size < TABLE) {
        fail("this is no image");
    }
    const char *at = mmap(NULL, (size_t) status.st_size, PROT_READ, MAP_SHARED, file, 0);
    close(file);
    if (at == MAP_FAILED) {
        fail("the file cannot be mapped");
    }
    /* MAGIC is written last, so the rest of the header is there. */
    if (__atomic_load_n((const int64_t *) (at + HEADER_MAGIC), __ATOMIC_ACQUIRE) != MAGIC) {
        fail("this is no image");
    }
    if (int32(at + HEADER_VERSION) != VERSION) {
        fail("this is an image of another version");
    }
    const struct image image = {at, int64(at + HEADER_IMAGE_BYTES)};
    if (image.bytes > status.st_size) {
        fail("the image is cut short");
    }
    const int64_t regions = int32(at + HEADER_REGION_COUNT);
    const int32_t lanes = int32(at + HEADER_LANES);
    if (image.bytes < TABLE || image.bytes % TABLE != 0 || regions < 1 || TABLE + regions * ENTRY_BYTES > image.bytes
        || int32(at + HEADER_LAYERS) < 1 || int32(at + HEADER_LAYERS) == INT32_MAX || (lanes != 4 && lanes != 8 && lanes != 16)) {
        fail("the header is damaged");
    }
    check_table(&image);
    return image;
}

/* A region, whose slots have room for what is read of them. */
static struct region find(const struct image *image, enum kind kind, int32_t layer, int64_t slots, int64_t slot_bytes) {
    for (int32_t i = 0; i < int32(image->at + HEADER_REGION_COUNT); i++) {
        const char *entry = image->at + TABLE + (size_t) i * ENTRY_BYTES;
        if (int32(entry + ENTRY_KIND) == (int32_t) kind && int32(entry + ENTRY_OWNER) == layer) {
            const struct region region = {image->at + int64(entry + ENTRY_REGION), int64(entry + ENTRY_STRIDE),
                int32(entry + ENTRY_SLOTS), int32(entry + ENTRY_WIDTH)};
            damaged(region.slots < slots || slot_bytes > region.stride);
            return region;
        }
    }
    fail("no such region");
    abort();
}

/* The vector of tick t, whole, or 0 if it is not there or was overwritten while it was copied. */
static int copy(const struct region *ring, int64_t t, struct output *to) {
    const char *slot = ring->at + t % ring->slots * ring->stride;
    const int64_t *tick = (const int64_t *) (slot + SLOT_TICK);
    if (__atomic_load_n(tick, __ATOMIC_ACQUIRE) != t) {
        return 0;
    }
    memcpy(to->x, slot + SLOT_VECTOR, (size_t) ring->width * sizeof *to->x);
    to->tick = t;
    to->frame = int64(slot + SLOT_FRAME);
    to->refused = int32(slot + SLOT_REFUSED);
    __atomic_thread_fence(__ATOMIC_ACQUIRE);
    return __atomic_load_n(tick, __ATOMIC_RELAXED) == t;
}

/* The newest output after a tick; an engine may overwrite it while it is copied, so it is tried again, for some seconds. */
static void newest(const char *done, const struct region *ring, int64_t after, int seconds, struct output *to) {
    const time_t end = time(NULL) + seconds;
    do {
        const int64_t t = __atomic_load_n((const int64_t *) done, __ATOMIC_ACQUIRE);
        if (t < 0) {
            fail("the counters are damaged");
        }
        if (t > after && copy(ring, t, to)) {
            return;
        }
        sched_yield();
    } while (time(NULL) < end);
    fail("no whole output: expected one whose slot is not being written");
}

/* The weight from neuron j of the layer below to neuron i; for reading between two ticks. */
static float weight(const struct region *weights, int64_t columns, int64_t i, int64_t j) {
    float value;
    memcpy(&value, weights->at + j / columns * weights->stride + (i * columns + j % columns) * 4, sizeof value);
    return value;
}

static void print_weights(const struct image *image, int32_t layers, int32_t rows) {
    const int64_t columns = 4 * int32(image->at + HEADER_LANES);
    const struct region weights = find(image, WEIGHTS, layers, 1, rows * columns * (int64_t) sizeof(float));
    printf("w 0 0 %.9g\n", weight(&weights, columns, 0, 0));
    printf("w %" PRId32 " %" PRId32 " %.9g\n", rows - 1, weights.width - 1,
        weight(&weights, columns, rows - 1, weights.width - 1));
}

/* What the engine is doing, and what its next commit teaches. While the engine ticks, these numbers need not belong together. */
static void print_settings(const struct image *image) {
    const int32_t state = __atomic_load_n((const int32_t *) (image->at + HEADER_STATE), __ATOMIC_ACQUIRE);
    const int32_t end = __atomic_load_n((const int32_t *) (image->at + HEADER_END), __ATOMIC_ACQUIRE);
    if (state < 0 || state >= FAILED || (end != 0 && end != FAILED && end != CLOSED)) {
        fail("the header is damaged");
    }
    const char *source = find(image, SETTINGS, 0, SETTINGS_LINES, SETTINGS_BYTES).at;
    printf("state %s\n", STATES[end == 0 ? state : end]);
    printf("commits %" PRId64 " frames %" PRId64 " held %" PRId32 " learning %" PRId32 "\n", int64(source + SETTINGS_TAKEN),
        int64(source + SETTINGS_FRAME), int32(source + SETTINGS_HELD), int32(source + SETTINGS_LEARNING));
    printf("rate %.9g\n", -float32(source + SETTINGS_MINUS_RATE));
}

/* A line for each of so many ticks, with the least and the largest number of the output. */
static void watch(const char *done, const struct region *ring, long ticks, struct output *to) {
    to->tick = -1;
    for (long i = 0; i < ticks; i++) {
        newest(done, ring, to->tick, 30, to);
        float least = to->x[0];
        float largest = to->x[0];
        for (int32_t j = 1; j < ring->width; j++) {
            least = to->x[j] < least ? to->x[j] : least;
            largest = to->x[j] > largest ? to->x[j] : largest;
        }
        printf("tick %" PRId64 " frame %" PRId64 " refused %" PRId32 " x %.9g to %.9g\n",
            to->tick, to->frame, to->refused, least, largest);
    }
}

int main(int count, char **arguments) {
    if (count != 2 && count != 3) {
        fail("expected a file, and perhaps a number of ticks");
    }
    const struct image image = map(arguments[1]);
    const int32_t layers = int32(image.at + HEADER_LAYERS);
    printf("lanes %" PRId32 " layers %" PRId32 " bytes %" PRId64 "\n", int32(image.at + HEADER_LANES), layers, image.bytes);

    const struct region counters = find(&image, COUNTERS, 0, (int64_t) layers + 1, COUNTERS_BYTES);
    const char *done = counters.at + layers * counters.stride + COUNTERS_DONE;
    const struct region ring = find(&image, ACTIVATION, layers, 1, SLOT_VECTOR);
    struct output output = {.x = calloc((size_t) ring.width, sizeof(float))};
    if (output.x == NULL) {
        fail("out of memory");
    }
    if (count == 3) {
        watch(done, &ring, strtol(arguments[2], NULL, 10), &output);
    } else {
        print_settings(&image);
        newest(done, &ring, -1, 2, &output);
        printf("tick %" PRId64 " frame %" PRId64 " refused %" PRId32 "\n", output.tick, output.frame, output.refused);
        for (int32_t i = 0; i < ring.width; i++) {
            printf("x %" PRId32 " %.9g\n", i, output.x[i]);
        }
        print_weights(&image, layers, ring.width);
    }
    free(output.x);
    return 0;
}
