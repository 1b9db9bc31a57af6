package org.tickwave;

import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.errors.DistinctErrorLog;
import org.agrona.concurrent.status.CountersManager;
import org.tickwave.pipeline.Cut;

/** How to run a network. Every setting has a default, and a getter of the same name. Not thread-safe. */
public final class Context {
    private static final float MAX_RATE = 1024f;
    private static final int LONGEST_NAME = 64;

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
    int bands = 1;
    boolean ownThreads;
    /** How many layers each band has; null for a cut by cost. */
    int[] counts;
    long cacheBytes = Cut.CACHE_BYTES;
    ThreadFactory threadFactory = DAEMONS;
    Supplier<? extends IdleStrategy> idleStrategy;
    long stallLimitNs;
    int sampleEvery;
    String name;
    ErrorHandler errorHandler;
    CountersManager counters;
    DistinctErrorLog errorLog;
    /** Whether nobody hears of the engine, because it only warms the kernels up. */
    boolean scratch;

    /** Creates a context with the defaults: aligned, a hold of 1, a rate of 0.01, seed 1, one thread. */
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
        name = other.name;
        errorHandler = other.errorHandler;
        counters = other.counters;
        errorLog = other.errorLog;
        scratch = other.scratch;
    }

    /**
     * Sets the rule: which past activation, slope and target an error meets.
     *
     * @param newRule aligned unless set
     * @return this
     */
    public Context rule(final Rule newRule) {
        rule = Objects.requireNonNull(newRule, "rule");
        return this;
    }

    /** {@return the rule} */
    public Rule rule() {
        return rule;
    }

    /**
     * Sets K, the number of ticks for which the embedder means to hold each frame. Each tick learns with the rate divided by K.
     *
     * @param ticks at least 1; 1 unless set
     * @return this
     * @throws IllegalArgumentException if ticks is below 1
     */
    public Context hold(final int ticks) {
        if (ticks < 1) {
            throw new IllegalArgumentException("hold " + ticks + ": expected at least 1 tick");
        }
        hold = ticks;
        return this;
    }

    /** {@return K, the number of ticks for which each frame is held; at least 1} */
    public int hold() {
        return hold;
    }

    /**
     * Sets the learning rate of a frame.
     *
     * @param newRate from 0 to 1024; 0.01 unless set
     * @return this
     * @throws IllegalArgumentException if the rate is outside that range
     */
    public Context rate(final float newRate) {
        if (!(newRate >= 0 && newRate <= MAX_RATE)) {
            throw new IllegalArgumentException("rate " + newRate + ": expected 0 to 1024");
        }
        rate = newRate;
        return this;
    }

    /** {@return the learning rate of a frame, from 0 to 1024} */
    public float rate() {
        return rate;
    }

    /**
     * Clips every number of every error to a magnitude.
     *
     * @param magnitude above 1e-30; infinite, which means no clip, unless set
     * @return this
     * @throws IllegalArgumentException if the magnitude is 1e-30 or less, or NaN
     */
    public Context clip(final float magnitude) {
        if (!(magnitude > 1e-30f)) {
            throw new IllegalArgumentException("clip " + magnitude + ": expected above 1e-30");
        }
        clip = magnitude;
        return this;
    }

    /** {@return the magnitude to which errors are clipped; above 1e-30; infinite for no clip} */
    public float clip() {
        return clip;
    }

    /**
     * Sets the seed of the start weights. They are normal with variance 1/columns, or 2/columns in a layer with ReLU or leaky
     * ReLU. A seed gives the same weights on every machine.
     *
     * @param newSeed 1 unless set
     * @return this
     */
    public Context seed(final long newSeed) {
        seed = newSeed;
        return this;
    }

    /** {@return the seed of the start weights} */
    public long seed() {
        return seed;
    }

    /**
     * Keeps more past waves than the rule needs, for {@link Engine#waves()}.
     *
     * @param slots from 0 to 1048576 ticks; 0 unless set
     * @return this
     * @throws IllegalArgumentException if the number is outside that range
     */
    public Context history(final int slots) {
        if (slots < 0 || slots > 1 << 20) {
            throw new IllegalArgumentException("history " + slots + ": expected 0 to 1048576 ticks");
        }
        history = slots;
        return this;
    }

    /** {@return how many more past waves are kept than the rule needs; ticks, from 0} */
    public int history() {
        return history;
    }

    /**
     * Says whether the engine learns from the first tick on.
     *
     * @param learn true unless set
     * @return this
     */
    public Context learning(final boolean learn) {
        learning = learn;
        return this;
    }

    /** {@return whether the engine learns from the first tick on; true unless set} */
    public boolean learning() {
        return learning;
    }

    /**
     * Says whether {@link Engine#open} has the JVM compile all kernels before the first tick. {@link Engine#open} then runs
     * scratch networks on the calling thread until their ticks allocate nothing. That takes a few seconds, and at most ten. A
     * JVM does so once for each set of activations, loss and clip, and once more for a confined arena. Where the JVM does not
     * count the bytes that a thread allocates, as on a virtual thread, {@link Engine#open} waits instead until the JVM has
     * stopped compiling, the application's own code included. {@link Engine#warm()} says whether the warm-up completed. If
     * not, the next {@link Engine#open} tries again. Without the compiler C2 a warm-up cannot complete; it then gives up after
     * a few seconds.
     *
     * @param warm false unless set
     * @return this
     */
    public Context warmUp(final boolean warm) {
        warmUp = warm;
        return this;
    }

    /** {@return whether {@link Engine#open} has the JVM compile all kernels; false unless set} */
    public boolean warmUp() {
        return warmUp;
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

    /** {@return what to do when numbers go bad; {@link Engine.Guard#STOP} unless set} */
    public Engine.Guard guard() {
        return guard;
    }

    /**
     * Sets the arena of the image. The embedder then frees the image; {@link Engine#close()} does not. {@link Engine#open}
     * allocates one segment of {@link Engine#imageBytes}, aligned to {@link Engine#IMAGE_ALIGNMENT_BYTES}, and nothing else, so
     * a slab of exactly that size and alignment is enough. The segment must be native or mapped, and accessible to every thread
     * that runs a band; {@link Engine#open} refuses other segments. An arena that is confined to one thread confines the engine
     * to that thread.
     *
     * @param newArena null for an arena of the engine's own; null unless set
     * @return this
     */
    public Context arena(final Arena newArena) {
        arena = newArena;
        return this;
    }

    /** {@return the arena of the image; null for an arena of the engine's own} */
    public Arena arena() {
        return arena;
    }

    /**
     * Sets the number of threads that run the engine: the source's thread, which runs the first band, and count - 1 threads of
     * the engine's own. They start in {@link Engine#open} and end in {@link Engine#close()}. Replaces {@link #bands}.
     *
     * @param count from 1 to 1024; no more than layers are used; 1 unless set
     * @return this
     * @throws IllegalArgumentException if count is outside that range
     */
    public Context threads(final int count) {
        bands = expectBands("threads", count);
        ownThreads = count > 1;
        return this;
    }

    /** {@return the number of threads that run the engine; 1 unless {@link #threads(int)} has set more} */
    public int threads() {
        return ownThreads ? bands : 1;
    }

    /**
     * Cuts the layers into bands, and starts no thread. {@link Engine#agent}s run the bands; the source's thread runs bands
     * without an agent, in turn. Replaces {@link #threads}.
     *
     * @param count from 1 to 1024; no more than layers are used; 1 unless set
     * @return this
     * @throws IllegalArgumentException if count is outside that range
     */
    public Context bands(final int count) {
        bands = expectBands("bands", count);
        ownThreads = false;
        return this;
    }

    /** {@return the number of bands, also if {@link #threads(int)} has set it; at least 1} An engine has no more bands than layers. */
    public int bands() {
        return bands;
    }

    private static int expectBands(final String what, final int count) {
        if (count < 1 || count > 1024) {
            throw new IllegalArgumentException(what + " " + count + ": expected 1 to 1024");
        }
        return count;
    }

    /**
     * Sets how many layers each band has, instead of a cut by cost. {@link Engine#open} refuses a cut that does not fit the
     * network.
     *
     * @param layers the number of layers of each band, from the input up: one number for each band or thread, L in total
     * @return this
     * @throws IllegalArgumentException if there is no number, or a number is below 1
     */
    public Context cut(final int... layers) {
        Objects.requireNonNull(layers, "cut");
        if (layers.length == 0 || Arrays.stream(layers).anyMatch(count -> count < 1)) {
            throw new IllegalArgumentException("cut " + Arrays.toString(layers) + ": expected at least 1 layer a band");
        }
        counts = layers.clone();
        return this;
    }

    /** {@return how many layers each band has; a copy; empty for a cut by cost} */
    public int[] cut() {
        return counts == null ? new int[0] : counts.clone();
    }

    /**
     * For a scratch engine. It does not ask for an idle strategy either: the embedder's supplier is called once for each
     * thread. Nobody hears of its failures and guard trips.
     */
    Context oneThread() {
        counts = null;
        idleStrategy = null;
        name = null;
        errorHandler = null;
        counters = null;
        errorLog = null;
        scratch = true;
        return bands(1);
    }

    /**
     * Sets the size of one core's cache, for the cost model of the cut.
     *
     * @param bytes at least 0; 1 MiB unless set
     * @return this
     * @throws IllegalArgumentException if bytes is negative
     */
    public Context cacheBytes(final long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("cacheBytes " + bytes + ": expected at least 0");
        }
        cacheBytes = bytes;
        return this;
    }

    /** {@return the bytes of one core's cache, for the cost model of the cut} */
    public long cacheBytes() {
        return cacheBytes;
    }

    /**
     * Sets the factory of the engine's own threads; a factory may pin them. {@link Engine#open} calls the factory on its own
     * thread. The {@link Object#toString} of the task that the factory gets is a name for the thread, such as
     * {@code tickwave-2.1} for band 1 of the second engine, or {@code camera.1} after {@code name("camera")}. No two tasks of a JVM have
     * the same name, unless two engines do.
     *
     * @param factory daemon threads with these names, unless set
     * @return this
     */
    public Context threadFactory(final ThreadFactory factory) {
        threadFactory = Objects.requireNonNull(factory, "thread factory");
        return this;
    }

    /** {@return the factory of the engine's own threads} */
    public ThreadFactory threadFactory() {
        return threadFactory;
    }

    /**
     * Sets what a waiting thread does after 64 polls. The source's thread waits for other bands. The engine's own threads wait
     * for other bands and for the next frame. An interrupted thread yields instead. An exception in a strategy fails the
     * engine. Agents do not wait; their runners have strategies of their own.
     *
     * @param strategy called once for each thread, in {@link Engine#open}. Unless set, a thread spins for a microsecond, then
     *                 yields, then parks for up to 100 us; with more bands than processors it yields at once
     * @return this
     */
    public Context idleStrategy(final Supplier<? extends IdleStrategy> strategy) {
        idleStrategy = Objects.requireNonNull(strategy, "idle strategy");
        return this;
    }

    /** {@return what gives the idle strategies; null for the engine's own} */
    public Supplier<? extends IdleStrategy> idleStrategy() {
        return idleStrategy;
    }

    /**
     * Limits how long {@link Engine#advance} and other methods may wait for a band before they throw a
     * {@link BandStalledException}. The engine's own threads wait without limit.
     *
     * @param limitNs in nanoseconds; 0, which means no limit, unless set
     * @return this
     * @throws IllegalArgumentException if limitNs is negative
     */
    public Context stallLimitNs(final long limitNs) {
        if (limitNs < 0) {
            throw new IllegalArgumentException("stallLimitNs " + limitNs + ": expected at least 0");
        }
        stallLimitNs = limitNs;
        return this;
    }

    /** {@return how many nanoseconds a call may wait for a band; 0 for no limit} */
    public long stallLimitNs() {
        return stallLimitNs;
    }

    /**
     * Lets each band time some ticks, for {@link Engine#bands()}. A band reads the clock in these ticks and at the end of the
     * ticks before them.
     *
     * @param ticks the period of timed ticks; 0, which means no timed ticks, unless set
     * @return this
     * @throws IllegalArgumentException if ticks is negative
     */
    public Context sampleEvery(final int ticks) {
        if (ticks < 0) {
            throw new IllegalArgumentException("sampleEvery " + ticks + ": expected at least 0");
        }
        sampleEvery = ticks;
        return this;
    }

    /** {@return the period of timed ticks, in ticks; 0 for no timed ticks} */
    public int sampleEvery() {
        return sampleEvery;
    }

    /**
     * Names the engine: in the names of its threads and agents, such as {@code camera.1} for band 1, in counters and in JFR events. Linux
     * shows the first 15 characters of a thread's name.
     *
     * @param newName 1 to 64 printable ASCII characters without a space; unless set, {@code tickwave-} and a number
     * @return this
     * @throws IllegalArgumentException if the name is empty, longer, or has another character
     */
    public Context name(final String newName) {
        Objects.requireNonNull(newName, "name");
        if (newName.isEmpty() || newName.length() > LONGEST_NAME || !newName.chars().allMatch(c -> c > ' ' && c <= '~')) {
            throw new IllegalArgumentException(
                "name \"" + newName + "\": expected 1 to " + LONGEST_NAME + " printable ASCII characters without a space");
        }
        name = newName;
        return this;
    }

    /** {@return the name of the engine; null for {@code tickwave-} and a number} */
    public String name() {
        return name;
    }

    /**
     * Sets who is told when a band fails. The handler gets the {@link BandFailedException}, once for each band that fails, on the thread that
     * runs the band: one of the engine's own, that of an agent, or the source's. All bands stop then, and the source gets the exception as
     * without a handler, in its next call. The handler may call {@link Engine#close()}. If the handler throws, its exception is added to the
     * suppressed exceptions of the band's.
     *
     * @param handler null for no handler; null unless set
     * @return this
     */
    public Context errorHandler(final ErrorHandler handler) {
        errorHandler = handler;
        return this;
    }

    /** {@return who is told when a band fails; null for no handler} */
    public ErrorHandler errorHandler() {
        return errorHandler;
    }

    /**
     * Turns Agrona counters on. {@link EngineCounters} says which, and how another process finds them. {@link Engine#open} allocates them,
     * the engine writes them without a lock and without allocation, and {@link Engine#close()} frees them. If other threads use the manager
     * meanwhile, it has to be thread-safe, such as Agrona's {@code ConcurrentCountersManager}. Unmap the counters only when no thread calls
     * the engine or an agent any more.
     *
     * <p>A {@link CountersManager} needs the JVM's flag {@code --add-opens java.base/jdk.internal.misc=ALL-UNNAMED}, or on the module path
     * {@code --add-opens java.base/jdk.internal.misc=org.agrona}.
     *
     * @param manager null for no counters; null unless set
     * @return this
     */
    public Context counters(final CountersManager manager) {
        counters = manager;
        return this;
    }

    /** {@return the manager of the engine's counters; null for no counters} */
    public CountersManager counters() {
        return counters;
    }

    /**
     * Sets a log that another process can read. The engine records each {@link BandFailedException}, {@link BandStalledException} and {@link
     * GuardTripException} in the log. Needs the same flag as {@link #counters}.
     *
     * @param log null for no log; null unless set
     * @return this
     */
    public Context errorLog(final DistinctErrorLog log) {
        errorLog = log;
        return this;
    }

    /** {@return the log that another process can read; null for no log} */
    public DistinctErrorLog errorLog() {
        return errorLog;
    }

    boolean clips() {
        return clip < Float.POSITIVE_INFINITY;
    }

    /** Every setting with its value; of the arena, the thread factory and the idle strategy only whose they are. */
    @Override
    public String toString() {
        return "Context[name=" + (name == null ? "by number" : name) + ", rule=" + rule + ", hold=" + hold + ", rate=" + rate + ", clip=" + clip + ", seed=" + seed + ", history="
            + history + ", learning=" + learning + ", warmUp=" + warmUp + ", guard=" + guard + ", arena=" + whose(arena)
            + (ownThreads ? ", threads=" : ", bands=") + bands + ", cut=" + (counts == null ? "by cost" : Arrays.toString(counts))
            + ", cacheBytes=" + cacheBytes + ", threadFactory=" + whose(threadFactory == DAEMONS ? null : threadFactory)
            + ", idleStrategy=" + whose(idleStrategy) + ", stallLimitNs=" + stallLimitNs + ", sampleEvery=" + sampleEvery
            + ", errorHandler=" + given(errorHandler) + ", counters=" + given(counters) + ", errorLog=" + given(errorLog) + "]";
    }

    private static String given(final Object given) {
        return given == null ? "none" : "the embedder's";
    }

    private static String whose(final Object given) {
        return given == null ? "the engine's" : "the embedder's";
    }
}
