package org.tickwave;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.tickwave.layout.Geometry;
import org.tickwave.pipeline.Cut;
import org.tickwave.pipeline.Progress;
import org.tickwave.pipeline.Wait;

/** How to run a network; every setting has a default. Not for several threads. */
public final class Context {
    private static final float MAX_RATE = 1024f;
    private static final int BARE_POLLS = 64;
    private static final int SPINS = 20;
    private static final int YIELDS = 200;
    private static final long MIN_PARK_NS = 1_000;
    private static final long MAX_PARK_NS = 100_000;

    private static final ThreadFactory DAEMONS = task -> Thread.ofPlatform().daemon().name(task.toString()).unstarted(task);

    Rule rule = Rule.aligned();
    int hold = 1;
    float rate = 1e-2f;
    float clip = Float.POSITIVE_INFINITY;
    long seed = 1;
    int history;
    boolean learning = true;
    boolean warmUp;
    /** A test may need longer. */
    long warmUpLimitNs = WarmUp.LIMIT_NS;
    Engine.Guard guard = Engine.Guard.STOP;
    Arena arena;
    private int bands = 1;
    boolean ownThreads;
    private int[] counts;
    long cacheBytes = Cut.CACHE_BYTES;
    ThreadFactory threadFactory = DAEMONS;
    private Supplier<? extends IdleStrategy> idleStrategy;
    long stallLimitNs;
    int sampleEvery;

    /** The defaults: aligned, a hold of 1, a rate of 0.01, seed 1, one thread. */
    public Context() {
    }

    Context(final Context other) {
        rule = other.rule;
        hold = other.hold;
        rate = other.rate;
        clip = other.clip;
        seed = other.seed;
        history = other.history;
        learning = other.learning;
        warmUp = other.warmUp;
        warmUpLimitNs = other.warmUpLimitNs;
        guard = other.guard;
        arena = other.arena;
        bands = other.bands;
        ownThreads = other.ownThreads;
        counts = other.counts;
        cacheBytes = other.cacheBytes;
        threadFactory = other.threadFactory;
        idleStrategy = other.idleStrategy;
        stallLimitNs = other.stallLimitNs;
        sampleEvery = other.sampleEvery;
    }

    /**
     * Sets what an error meets.
     *
     * @param newRule aligned unless set
     * @return this
     */
    public Context rule(final Rule newRule) {
        rule = Objects.requireNonNull(newRule, "rule");
        return this;
    }

    /**
     * Sets K, the ticks that the embedder means to hold each frame for: what the rate is divided by.
     *
     * @param ticks at least 1, which is the default
     * @return this
     * @throws IllegalArgumentException if it is less
     */
    public Context hold(final int ticks) {
        if (ticks < 1) {
            throw new IllegalArgumentException("hold " + ticks + ": expected at least 1 tick");
        }
        hold = ticks;
        return this;
    }

    /**
     * Sets what a frame teaches.
     *
     * @param newRate from 0 to 1024; 0.01 unless set
     * @return this
     * @throws IllegalArgumentException if it is anything else
     */
    public Context rate(final float newRate) {
        if (!(newRate >= 0 && newRate <= MAX_RATE)) {
            throw new IllegalArgumentException("rate " + newRate + ": expected 0 to 1024");
        }
        rate = newRate;
        return this;
    }

    /**
     * Keeps every number of every error within a magnitude.
     *
     * @param magnitude above 1e-30; infinite, which is no clip, unless set
     * @return this
     * @throws IllegalArgumentException if it is anything else
     */
    public Context clip(final float magnitude) {
        if (!(magnitude > 1e-30f)) {
            throw new IllegalArgumentException("clip " + magnitude + ": expected above 1e-30");
        }
        clip = magnitude;
        return this;
    }

    /**
     * Sets what the weights start from: normal with variance 1/columns, 2/columns into ReLU kinds; the same on any
     * machine.
     *
     * @param newSeed 1 unless set
     * @return this
     */
    public Context seed(final long newSeed) {
        seed = newSeed;
        return this;
    }

    /**
     * Keeps more past waves than the rule needs, for {@link Engine#waves()}.
     *
     * @param slots 0 to 1048576 ticks; 0 unless set
     * @return this
     * @throws IllegalArgumentException if it is anything else
     */
    public Context history(final int slots) {
        if (slots < 0 || slots > 1 << 20) {
            throw new IllegalArgumentException("history " + slots + ": expected 0 to 1048576 ticks");
        }
        history = slots;
        return this;
    }

    /**
     * Says whether to learn from the first tick on.
     *
     * @param learn true unless set
     * @return this
     */
    public Context learning(final boolean learn) {
        learning = learn;
        return this;
    }

    /**
     * Says whether {@link Engine#open} has the JVM compile all kernels before the first tick. For that, open runs scratch networks
     * on its own thread until their ticks allocate nothing: a few seconds, and at most ten. A JVM does so once for each set of
     * activations, loss and clip, and once more for a confined arena. Where the JVM does not count the bytes that a thread
     * allocates, as on a virtual thread, open waits until the JVM has stopped compiling, for the application as well.
     * {@link Engine#warm()} says whether the ten seconds were enough; if not, the next open tries again.
     *
     * @param warm false unless set
     * @return this
     */
    public Context warmUp(final boolean warm) {
        warmUp = warm;
        return this;
    }

    /**
     * Says what to do when numbers go bad.
     *
     * @param newGuard {@link Engine.Guard#STOP} unless set
     * @return this
     */
    public Context guard(final Engine.Guard newGuard) {
        guard = Objects.requireNonNull(newGuard, "guard");
        return this;
    }

    /**
     * Allocates the image in the embedder's arena, which frees it; {@link Engine#close()} then does not. {@link Engine#open}
     * allocates one segment of {@link Engine#imageBytes}, aligned to {@link Engine#IMAGE_ALIGNMENT_BYTES}, and nothing else: so
     * a slab of just that size and alignment will do. The segment has to be native or mapped, and accessible to all threads
     * that run bands; {@link Engine#open} refuses others.
     *
     * @param newArena null for the engine's own, which is the default; a confined one ties the engine to its thread
     * @return this
     */
    public Context arena(final Arena newArena) {
        arena = newArena;
        return this;
    }

    /**
     * Runs the engine on so many threads: the source's, which has the first band, and one less of the engine's own, which
     * start in {@link Engine#open} and end in {@link Engine#close()}. Takes back {@link #bands}.
     *
     * @param count 1 to 1024, of which no more are used than there are layers; 1 unless set
     * @return this
     * @throws IllegalArgumentException if it is anything else
     */
    public Context threads(final int count) {
        bands = expectBands("threads", count);
        ownThreads = count > 1;
        return this;
    }

    /**
     * Cuts the layers into so many bands, and starts no thread: {@link Engine#agent}s run them, and the source's thread
     * those that have none, in turn. Takes back {@link #threads}.
     *
     * @param count 1 to 1024, of which no more are used than there are layers; 1 unless set
     * @return this
     * @throws IllegalArgumentException if it is anything else
     */
    public Context bands(final int count) {
        bands = expectBands("bands", count);
        ownThreads = false;
        return this;
    }

    private static int expectBands(final String what, final int count) {
        if (count < 1 || count > 1024) {
            throw new IllegalArgumentException(what + " " + count + ": expected 1 to 1024");
        }
        return count;
    }

    /**
     * Says where bands begin, instead of a model of what layers cost. {@link Engine#open} refuses what does not fit the
     * network.
     *
     * @param layers how many each band has, from the input up: as many numbers as bands or threads, L in all
     * @return this
     * @throws IllegalArgumentException if there is none, or one is below 1
     */
    public Context cut(final int... layers) {
        Objects.requireNonNull(layers, "cut");
        if (layers.length == 0 || Arrays.stream(layers).anyMatch(count -> count < 1)) {
            throw new IllegalArgumentException("cut " + Arrays.toString(layers) + ": expected at least 1 layer a band");
        }
        counts = layers.clone();
        return this;
    }

    /** For a scratch engine, which asks for no strategy of the embedder's either: that is called once a thread. */
    Context oneThread() {
        counts = null;
        idleStrategy = null;
        return bands(1);
    }

    Cut cut(final Geometry geometry) {
        if (counts == null) {
            return Cut.into(geometry, bands, cacheBytes);
        }
        if (counts.length != bands) {
            throw new IllegalArgumentException("cut " + Arrays.toString(counts) + ": expected as many numbers as there are "
                + (ownThreads ? "threads, " : "bands, ") + bands);
        }
        return Cut.of(geometry, counts, cacheBytes);
    }

    /**
     * Says how much of the weights the cache of one core holds, for the model that cuts.
     *
     * @param bytes at least 0; 1 MiB unless set
     * @return this
     * @throws IllegalArgumentException if it is less
     */
    public Context cacheBytes(final long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("cacheBytes " + bytes + ": expected at least 0");
        }
        cacheBytes = bytes;
        return this;
    }

    /**
     * Sets what makes the engine's own threads, and may pin them; {@link Engine#open} calls it, on its thread. The
     * {@link Object#toString} of the task that it gets is a name for the thread, such as {@code tickwave-2.1} for band 1 of the
     * second engine; no two threads of a JVM get the same.
     *
     * @param factory daemons with these names, unless set
     * @return this
     */
    public Context threadFactory(final ThreadFactory factory) {
        threadFactory = Objects.requireNonNull(factory, "thread factory");
        return this;
    }

    /**
     * Sets what a thread does that has looked 64 times for what it waits for: the source's, for other bands, and
     * the engine's own, for them and for the next frame. Not while it is interrupted. What a strategy throws fails the
     * engine. Agents do not wait, and their runners have strategies of their own.
     *
     * @param strategy called once for each thread, in {@link Engine#open}; unless set it spins about a microsecond, then yields,
     *                 then parks up to 100 us, and with more bands than processors yields at once
     * @return this
     */
    public Context idleStrategy(final Supplier<? extends IdleStrategy> strategy) {
        idleStrategy = Objects.requireNonNull(strategy, "idle strategy");
        return this;
    }

    /**
     * Limits how long {@link Engine#advance} and others that wait for bands may wait for one of them, before they throw a
     * {@link BandStalledException}. The engine's own threads wait without limit.
     *
     * @param limitNs 0, which is no limit, unless set
     * @return this
     * @throws IllegalArgumentException if it is negative
     */
    public Context stallLimitNs(final long limitNs) {
        if (limitNs < 0) {
            throw new IllegalArgumentException("stallLimitNs " + limitNs + ": expected at least 0");
        }
        stallLimitNs = limitNs;
        return this;
    }

    /**
     * Lets each band take the time of some ticks, for {@link Engine#bands()}; it looks at the clock in these, and at the end
     * of the ones before.
     *
     * @param ticks one of so many; 0, which is none, unless set
     * @return this
     * @throws IllegalArgumentException if it is negative
     */
    public Context sampleEvery(final int ticks) {
        if (ticks < 0) {
            throw new IllegalArgumentException("sampleEvery " + ticks + ": expected at least 0");
        }
        sampleEvery = ticks;
        return this;
    }

    boolean clips() {
        return clip < Float.POSITIVE_INFINITY;
    }

    Wait newWait(final Progress progress, final int count, final long limitNs) {
        final boolean crowded = count > Runtime.getRuntime().availableProcessors();
        final IdleStrategy idle = idleStrategy != null ? Objects.requireNonNull(idleStrategy.get(), "idle strategy")
            : new BackoffIdleStrategy(crowded ? 0 : SPINS, YIELDS, MIN_PARK_NS, MAX_PARK_NS);
        return new Wait(progress, idle, crowded ? 0 : BARE_POLLS, limitNs);
    }

    /** In the embedder's arena, or else in the engine's own, which the engine closes. */
    MemorySegment allocate(final Arena own, final long bytes, final int count) {
        if (own != null) {
            return own.allocate(bytes, Engine.IMAGE_ALIGNMENT_BYTES);
        }
        return ImageMemory.allocate(arena, bytes, count == 1 ? null : count + (ownThreads ? " threads" : " bands"));
    }

    /** Every setting, with its value; of the embedder's own objects only whether there is one. */
    @Override
    public String toString() {
        return "Context[rule=" + rule + ", hold=" + hold + ", rate=" + rate + ", clip=" + clip + ", seed=" + seed + ", history="
            + history + ", learning=" + learning + ", warmUp=" + warmUp + ", guard=" + guard + ", arena=" + whose(arena)
            + (ownThreads ? ", threads=" : ", bands=") + bands + ", cut=" + (counts == null ? "by cost" : Arrays.toString(counts))
            + ", cacheBytes=" + cacheBytes + ", threadFactory=" + whose(threadFactory == DAEMONS ? null : threadFactory)
            + ", idleStrategy=" + whose(idleStrategy) + ", stallLimitNs=" + stallLimitNs + ", sampleEvery=" + sampleEvery + "]";
    }

    private static String whose(final Object given) {
        return given == null ? "the engine's" : "the embedder's";
    }
}
