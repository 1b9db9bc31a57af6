/* A whole tick of a square chain of leaky ReLU layers under the rule "aligned", in C: what the engine's tick could reach without the JVM.
 * Each layer takes its error from the echo of the last tick, makes one fused pass, and writes its activation and its echo for the next
 * tick. A layer learns from the activation that belongs to its error: a ring still holds that activation. The guard, the marks in the
 * slots, and the settings of the engine are left out.
 *
 * Each thread has a band of layers. Band 0 is run by the caller. In a tick no layer reads what another layer writes, so the threads wait
 * for each other only between two ticks.
 */
#include "ceiling.c"
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#define LEAK 0.01f
#if defined __x86_64__ || defined __i386__
#define PAUSE() __builtin_ia32_pause()
#elif defined __aarch64__
#define PAUSE() __asm__ volatile("yield")
#else
#define PAUSE() ((void)0)
#endif

enum { LINE_BYTES = 64, MARGIN = 80, MOST_LANES = 16, SPINS = 1000, STOP = -1 };

/* A ring has a vector for each of the last ticks; their number is a power of two. */
struct ring {
    float *vectors;
    int64_t mask, stride;
};

struct layer {
    float *weights, *bias, *delta;
    struct ring x, echo;
};

struct chain;

struct band {
    struct chain *chain;
    int first, last;
    float *taught, *partials, *sums;
    pthread_t thread;
    _Alignas(2 * LINE_BYTES) _Atomic int64_t done;
};

struct chain {
    int depth, width, threads, shape;
    float minus_rate;
    float *memory, *end;
    struct layer *layers;
    struct band *bands;
    struct ring targets;
    int64_t tick;
    _Alignas(2 * LINE_BYTES) _Atomic int64_t committed;
};

/* --- memory -------------------------------------------------------------------------------------------------------------------------- */

static int64_t padded(int64_t floats) {
    return (floats + MOST_LANES - 1) / MOST_LANES * MOST_LANES;
}

/* A chain that is made at address 0 tells how much memory a chain needs. */
static float *take(struct chain *c, int64_t floats) {
    float *at = c->end;
    c->end = (float *)((uintptr_t)at + padded(floats) * sizeof(float));
    return at;
}

static struct ring ring_of(struct chain *c, int64_t vectors) {
    int64_t count = 1, stride = padded(c->width) + MARGIN;
    while (count < vectors) count *= 2;
    return (struct ring){.vectors = take(c, stride * count), .mask = count - 1, .stride = stride};
}

static float *slot(const struct ring *ring, int64_t tick) {
    return ring->vectors + (tick & ring->mask) * ring->stride;
}

static void divide(struct chain *c) {
    int64_t vector = padded(c->width) + MARGIN;
    for (int l = 1; l <= c->depth; l++) c->layers[l].weights = take(c, padded(c->width) * c->width);
    for (int l = 0; l <= c->depth; l++) {
        /* The oldest vector is that from which the layer above learns; the newest is that of the next tick. */
        c->layers[l].x = ring_of(c, 2 * (c->depth - l) + 2);
        c->layers[l].echo = ring_of(c, 2);
        c->layers[l].bias = take(c, vector);
        c->layers[l].delta = take(c, vector);
    }
    c->targets = ring_of(c, c->depth + 1);
    for (int b = 0; b < c->threads; b++) {
        c->bands[b].taught = take(c, vector);
        c->bands[b].sums = take(c, vector);
        c->bands[b].partials = take(c, (int64_t)MOST_LANES * c->width + MARGIN);
    }
}

/* The lower bands have the larger parts: the first layer sends no echo, and so is the cheapest. */
static int layers_below(int band, int depth, int threads) {
    return (band * depth + threads - 1) / threads;
}

static struct chain *made(float *memory, int depth, int width, int threads) {
    struct chain *c = aligned_alloc(2 * LINE_BYTES, sizeof *c);
    *c = (struct chain){.depth = depth, .width = width, .threads = threads, .memory = memory, .end = memory};
    c->layers = calloc(depth + 1, sizeof *c->layers);
    c->bands = aligned_alloc(2 * LINE_BYTES, threads * sizeof *c->bands);
    for (int b = 0; b < threads; b++)
        c->bands[b] = (struct band){.chain = c, .first = layers_below(b, depth, threads) + 1, .last = layers_below(b + 1, depth, threads)};
    divide(c);
    return c;
}

static void destroy(struct chain *c) {
    free(c->layers);
    free(c->bands);
    free(c);
}

int64_t chain_bytes(int32_t depth, int32_t width, int32_t threads) {
    struct chain *c = made(0, depth, width, threads);
    int64_t bytes = (intptr_t)c->end;
    destroy(c);
    return bytes;
}

/* --- a layer ------------------------------------------------------------------------------------------------------------------------- */

/* Ticks from the activation of a layer to the error that belongs to it. */
static int64_t delay(const struct chain *c, int l) {
    return 2 * (int64_t)(c->depth - l);
}

/* The slope of leaky ReLU follows from its value. */
static void hidden_error(float *restrict delta, const float *restrict echo, const float *restrict x, int width) {
    for (int i = 0; i < width; i++) delta[i] = echo[i] * (x[i] < 0 ? LEAK : 1.0f);
}

static void output_error(float *restrict delta, const float *restrict x, const float *restrict target, int width) {
    for (int i = 0; i < width; i++) delta[i] = x[i] - target[i];
}

static void activate(float *restrict x, const float *restrict sums, const float *restrict bias, int width) {
    for (int i = 0; i < width; i++) {
        float a = sums[i] + bias[i];
        x[i] = a < 0 ? LEAK * a : a;
    }
}

static void add(float *restrict x, const float *restrict sums, const float *restrict bias, int width) {
    for (int i = 0; i < width; i++) x[i] = sums[i] + bias[i];
}

static void learn_bias(float *restrict bias, const float *restrict delta, float minus_rate, int width) {
    for (int i = 0; i < width; i++) bias[i] += minus_rate * delta[i];
}

/* Reads the slots of tick t and older ones, and writes those of the next tick. All slots hold zeros until they are first written. */
static void run_layer(struct chain *c, struct band *band, int l, int64_t t) {
    struct layer *own = &c->layers[l], *below = &c->layers[l - 1];
    int width = c->width, top = l == c->depth;
    if (!top) hidden_error(own->delta, slot(&own->echo, t), slot(&own->x, t - delay(c, l)), width);
    else if (t >= c->depth) output_error(own->delta, slot(&own->x, t), slot(&c->targets, t - c->depth), width);
    SHAPES[c->shape].pass(own->weights, slot(&below->x, t), slot(&below->x, t - delay(c, l) - 1), band->taught, own->delta, band->partials,
                          band->sums, l == 1 ? 0 : slot(&below->echo, t + 1), c->minus_rate, width, width);
    (top ? add : activate)(slot(&own->x, t + 1), band->sums, own->bias, width);
    learn_bias(own->bias, own->delta, c->minus_rate, width);
}

/* --- threads ------------------------------------------------------------------------------------------------------------------------- */

static int64_t wait_for(_Atomic int64_t *counter, int64_t least) {
    for (int spins = 0;; spins++) {
        int64_t value = atomic_load_explicit(counter, memory_order_acquire);
        if (value >= least || value == STOP) return value;
        if (spins < SPINS) PAUSE();
        else sched_yield();
    }
}

static void run_band(struct band *band, int64_t t) {
    for (int l = band->first; l <= band->last; l++) run_layer(band->chain, band, l, t);
    atomic_store_explicit(&band->done, t + 1, memory_order_release);
}

static void *run_thread(void *argument) {
    struct band *band = argument;
    for (int64_t t = 0; wait_for(&band->chain->committed, t + 1) != STOP; t++) run_band(band, t);
    return 0;
}

static void stop(struct chain *c, int threads) {
    atomic_store_explicit(&c->committed, STOP, memory_order_release);
    for (int b = 1; b < threads; b++) pthread_join(c->bands[b].thread, 0);
}

/* --- what Java calls ------------------------------------------------------------------------------------------------------------------ */

/* Takes memory that holds zeros and begins at a cache line. Returns 0 if a thread cannot be started. */
struct chain *chain_open(float *memory, int32_t depth, int32_t width, int32_t threads, int32_t shape) {
    struct chain *c = made(memory, depth, width, threads);
    c->shape = shape;
    for (int b = 1; b < threads; b++) {
        if (pthread_create(&c->bands[b].thread, 0, run_thread, &c->bands[b])) {
            stop(c, b);
            destroy(c);
            return 0;
        }
    }
    return c;
}

void chain_close(struct chain *c) {
    stop(c, c->threads);
    destroy(c);
}

void chain_rate(struct chain *c, float rate) {
    c->minus_rate = -rate;
}

/* Index of the first weight of a layer in the memory. */
int64_t chain_weights(const struct chain *c, int32_t layer) {
    return c->layers[layer].weights - c->memory;
}

int64_t chain_biases(const struct chain *c, int32_t layer) {
    return c->layers[layer].bias - c->memory;
}

/* Takes a frame and its target, and returns when all layers have completed the tick. */
void chain_tick(struct chain *c, const float *frame, const float *target) {
    int64_t t = c->tick++;
    memcpy(slot(&c->layers[0].x, t), frame, c->width * sizeof(float));
    memcpy(slot(&c->targets, t), target, c->width * sizeof(float));
    atomic_store_explicit(&c->committed, c->tick, memory_order_release);
    run_band(&c->bands[0], t);
    for (int b = 1; b < c->threads; b++) wait_for(&c->bands[b].done, c->tick);
}
