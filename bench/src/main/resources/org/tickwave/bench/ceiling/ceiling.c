/* What this machine can do at most, in C: the twins of the loops in Java. Vectors are the compiler's own, so that this source knows no
 * processor. All memory begins at a cache line. Sizes are multiples of eight vectors, or padded with zeros.
 */
#include <stdint.h>

#if defined __AVX512F__
#define WIDEST 64
#elif defined __AVX__
#define WIDEST 32
#else
#define WIDEST 16
#endif
#define VECTORS_OF(BYTES) __attribute__((vector_size(BYTES), may_alias))
#define LANES(VEC) ((int)(sizeof(VEC) / sizeof(float)))
#define EACH(K, COUNT) _Pragma("GCC unroll 16") for (int K = 0; K < (COUNT); K++)
/* The same number in every lane. Unlike an addition, this subtraction takes no time. */
#define ALL(VEC, NUMBER) ((NUMBER) - (VEC){0})

typedef float vector VECTORS_OF(WIDEST);
typedef float quarter VECTORS_OF(16);

/* Independent sums: more than a core has additions or multiply-adds under way. */
enum { READ_SUMS = 8, WRITE_STEP = 4, SUMS = 10 };

static float sum_of(const vector *v, int count) {
    float sum = 0;
    for (int k = 0; k < count; k++)
        for (int i = 0; i < LANES(vector); i++) sum += v[k][i];
    return sum;
}

float read_memory(const vector *memory, int64_t bytes) {
    vector sums[READ_SUMS];
    EACH(k, READ_SUMS) sums[k] = ALL(vector, 0.0f);
    for (int64_t i = 0; i < bytes / WIDEST; i += READ_SUMS)
        EACH(k, READ_SUMS) sums[k] += memory[i + k];
    return sum_of(sums, READ_SUMS);
}

void read_and_write(vector *memory, int64_t bytes, float factor) {
    for (int64_t i = 0; i < bytes / WIDEST; i += WRITE_STEP)
        EACH(k, WRITE_STEP) memory[i + k] *= factor;
}

float multiply_and_add(int32_t rounds, float factor, float addend) {
    vector sums[SUMS], l = ALL(vector, addend);
    EACH(k, SUMS) sums[k] = ALL(vector, 1.0f);
    for (int32_t r = 0; r < rounds; r++)
        EACH(k, SUMS) sums[k] = sums[k] * factor + l;
    return sum_of(sums, SUMS);
}

/* Of multiply_and_add. */
int32_t multiply_adds_of_a_round(void) {
    return SUMS * LANES(vector);
}

/* The fused pass y = W x, e = W' d, W += d u' with u = -rate z, in one sweep over W; without the echo e if DOWN is 0. W stands in panels of
 * COUNT vectors of columns, row after row; the columns that are left are panels of 4, 2 and 1 vectors. The partial sums of the rows go from
 * panel to panel.
 */
#define INLINE static inline __attribute__((always_inline))
#define PANEL(NAME, VEC, COUNT)                                                                                                  \
    INLINE void NAME(VEC *w, const VEC *x, const VEC *u, const float *d, VEC *partial, VEC *e, int rows, int first, int down) {  \
        VEC xs[COUNT], us[COUNT], es[COUNT];                                                                                     \
        EACH(k, COUNT) xs[k] = x[k], us[k] = u[k], es[k] = ALL(VEC, 0.0f);                                                       \
        for (int i = 0; i < rows; i++, w += COUNT) {                                                                             \
            VEC delta = ALL(VEC, d[i]), sum = ALL(VEC, 0.0f);                                                                    \
            if (!first) sum = partial[i];                                                                                        \
            EACH(k, COUNT) {                                                                                                     \
                VEC v = w[k];                                                                                                    \
                sum += v * xs[k];                                                                                                \
                if (down) es[k] += v * delta;                                                                                    \
                w[k] = v + us[k] * delta;                                                                                        \
            }                                                                                                                    \
            partial[i] = sum;                                                                                                    \
        }                                                                                                                        \
        if (down) EACH(k, COUNT) e[k] = es[k];                                                                                   \
    }

/* Adds up the partial sums of each row. */
INLINE void fold(const float *partials, int lanes, float *sums, int rows) {
    const quarter *q = (const quarter *)partials;
    for (int i = 0; i < rows; i++) {
        quarter s = *q++;
        EACH(k, lanes / 4 - 1) s += *q++;
        sums[i] = (s[0] + s[2]) + (s[1] + s[3]);
    }
}

#define PASS(NAME, VEC, COUNT)                                                                                                   \
    PANEL(NAME##_panel, VEC, COUNT)                                                                                              \
    PANEL(NAME##_four, VEC, 4)                                                                                                   \
    PANEL(NAME##_two, VEC, 2)                                                                                                    \
    PANEL(NAME##_one, VEC, 1)                                                                                                    \
    INLINE void NAME##_panels(VEC *w, const VEC *x, const VEC *u, const float *d, VEC *partial, VEC *e, int rows, int vectors, int down) { \
        int j = 0;                                                                                                               \
        if (vectors >= COUNT) NAME##_panel(w, x, u, d, partial, e, rows, 1, down), j = COUNT;                                    \
        for (; j + COUNT <= vectors; j += COUNT)                                                                                 \
            NAME##_panel(w + (int64_t)j * rows, x + j, u + j, d, partial, e + j, rows, 0, down);                                 \
        if (j + 4 <= vectors) NAME##_four(w + (int64_t)j * rows, x + j, u + j, d, partial, e + j, rows, j == 0, down), j += 4;   \
        if (j + 2 <= vectors) NAME##_two(w + (int64_t)j * rows, x + j, u + j, d, partial, e + j, rows, j == 0, down), j += 2;    \
        if (j + 1 <= vectors) NAME##_one(w + (int64_t)j * rows, x + j, u + j, d, partial, e + j, rows, j == 0, down);            \
    }                                                                                                                            \
    static void NAME(float *weights, const float *below, const float *past, float *taught, const float *d, float *partials,      \
                     float *sums, float *echo, float minus_rate, int rows, int columns) {                                        \
        const VEC *x = (const VEC *)below, *z = (const VEC *)past;                                                               \
        VEC *w = (VEC *)weights, *u = (VEC *)taught, *partial = (VEC *)partials;                                                 \
        int vectors = (columns + LANES(VEC) - 1) / LANES(VEC);                                                                   \
        for (int k = 0; k < vectors; k++) u[k] = z[k] * minus_rate;                                                              \
        if (echo) NAME##_panels(w, x, u, d, partial, (VEC *)echo, rows, vectors, 1);                                             \
        else NAME##_panels(w, x, u, d, partial, 0, rows, vectors, 0);                                                            \
        fold(partials, LANES(VEC), sums, rows);                                                                                  \
    }

PASS(pass_widest, vector, 4)
#if WIDEST > 16
PASS(pass_widest_8, vector, 8)
#endif
#if WIDEST > 32
typedef float half VECTORS_OF(32);
PASS(pass_half, half, 4)
PASS(pass_half_8, half, 8)
#endif

/* Which of the shapes is the fastest depends on the processor and on the size of the layer. */
static const struct {
    void (*pass)(float *, const float *, const float *, float *, const float *, float *, float *, float *, float, int, int);
    int lanes, panel;
} SHAPES[] = {
    {pass_widest, LANES(vector), 4},
#if WIDEST > 16
    {pass_widest_8, LANES(vector), 8},
#endif
#if WIDEST > 32
    {pass_half, LANES(half), 4},
    {pass_half_8, LANES(half), 8},
#endif
};

int32_t shapes(void) {
    return sizeof SHAPES / sizeof *SHAPES;
}

/* Where a weight stands. */
int64_t weight_index(int32_t shape, int32_t rows, int32_t columns, int32_t row, int32_t column) {
    int lanes = SHAPES[shape].lanes, panel = SHAPES[shape].panel;
    int vectors = (columns + lanes - 1) / lanes, vector_of = column / lanes, lane = column % lanes, first = 0;
    for (;; first += panel) {
        while (first + panel > vectors) panel /= 2;
        if (vector_of < first + panel) return ((int64_t)first * rows + (int64_t)row * panel + vector_of - first) * lanes + lane;
    }
}

void fused_pass(int32_t shape, float *weights, const float *below, float *taught, const float *delta, float *partials, float *sums,
                float *echo, float minus_rate, int32_t rows, int32_t columns) {
    SHAPES[shape].pass(weights, below, below, taught, delta, partials, sums, echo, minus_rate, rows, columns);
}
