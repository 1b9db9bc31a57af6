package org.tickwave;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
import org.agrona.DirectBuffer;
import org.tickwave.layout.ImageLayout;
import org.tickwave.pipeline.Band;
import org.tickwave.pipeline.Image;
import org.tickwave.pipeline.Intake;
import org.tickwave.pipeline.Layer;
import org.tickwave.pipeline.Learning;

/**
 * A network at work. Each tick sends every layer's activation one layer up, sends the error that it owes one layer down,
 * and corrects its weights from the two vectors that meet in it (Betti and Gori, Eq. 1 and 5).
 *
 * {@snippet lang=java :
 * Network network = Network.chain(416, 128, 128, 208).activation(Activation.TANH).build();
 * try (Engine engine = Engine.open(network, new Engine.Context().rule(Rule.aligned()).rate(1e-2f).seed(1))) {
 *     while (camera.read(frame)) {
 *         engine.input(frame).target(label);
 *         engine.tick();
 *         act(engine.output());
 *     }
 * }
 * }
 *
 * <p><b>Threads.</b> One thread at a time gives frames, ticks, and calls everything else here; {@link #waves()} may be
 * read and {@link #close()} called from any, unless the embedder's arena is confined to one thread: then by that one only.
 * Ticks run on the caller's thread; the engine starts none of its own.
 *
 * <p><b>Time.</b> Ticks are counted from 0. What stands in {@link #output()} after a tick answers the frame given L ticks
 * before it was written; {@link #answeredFrame()} says which.
 *
 * <p><b>Memory.</b> Everything is allocated in {@link #open}; after it only what throws allocates, once the kernels are
 * compiled. Until then the JVM boxes their vectors, megabytes a tick: {@link Context#warmUp} compiles them before the first.
 *
 * <p><b>Errors.</b> Once the engine is closed, every method but {@link #network()} and {@link #close()} throws
 * {@link IllegalStateException}, on whichever thread, and so do the {@link Waves}. Closing an arena of the embedder's own
 * closes the engine too.
 */
public final class Engine implements AutoCloseable {
    private final Network network;
    private final Context context;
    private final Arena ownArena;
    private final Image image;
    private final Intake frames;
    private final Intake targets;
    private final Learning learning;
    private final Band band;
    private final Waves waves;

    private long tick;
    private long framesGiven;
    private boolean present;
    private volatile boolean closed;

    private Engine(final Network network, final Context context, final ImageLayout layout) {
        this.network = network;
        this.context = context;
        ownArena = context.arena == null ? Arena.ofShared() : null;
        try {
            image = new Image(layout, ownArena == null ? context.arena : ownArena, context.seed);
            image.startWeights(context.seed, network.sigmas());
            final int layers = network.layers();
            frames = new Intake("frame", image, layout.activation(0), network.width(0));
            targets = new Intake("target", image, layout.target(), network.width(layers));
            learning = new Learning(context.rate / context.hold, context.learning);
            final Layer[] all = new Layer[layers];
            for (int l = 1; l <= layers; l++) {
                all[l - 1] = new Layer(image, l, network.activation(l).sigma, network.loss().kernel, context.clip);
            }
            band = new Band(all);
            waves = new Waves(image);
        } catch (final RuntimeException | Error e) {
            if (ownArena != null) {
                ownArena.close();
            }
            throw e;
        }
    }

    /**
     * Allocates an image, starts the weights and, if the context asks for it, warms the kernels.
     *
     * @param network what to run
     * @param context how to run it; copied
     * @return an engine at tick 0, without a frame
     * @throws IllegalArgumentException if the rule does not fit the network, or the image is too large for any machine
     * @throws OutOfMemoryError         if the image cannot be allocated
     */
    public static Engine open(final Network network, final Context context) {
        final ImageLayout layout = layout(network, context);
        if (context.warmUp) {
            WarmUp.once(network, context);
        }
        return new Engine(network, new Context(context), layout);
    }

    /**
     * The bytes that {@link #open} would allocate.
     *
     * @param network what would run
     * @param context how
     * @return bytes
     * @throws IllegalArgumentException as {@link #open} does
     */
    public static long imageBytes(final Network network, final Context context) {
        return layout(network, context).imageBytes();
    }

    private static ImageLayout layout(final Network network, final Context context) {
        Objects.requireNonNull(network, "network");
        Objects.requireNonNull(context, "context");
        return new ImageLayout(network.geometry(context.rule.delays(network.layers()), context.history));
    }

    /**
     * Gives the next frame; the next tick takes it. A frame or target that waits is replaced.
     *
     * @param frame as many numbers as the input is wide, at most 2^30 in magnitude; copied
     * @return this
     * @throws IllegalArgumentException if its length is another, or a number is not good; then no new frame waits
     */
    public Engine input(final float[] frame) {
        expectOpen();
        targets.forget();
        frames.give(tick, frame);
        return this;
    }

    /**
     * The same from a segment of little-endian float32.
     *
     * @param source      where the frame lies; copied
     * @param offsetBytes of its first number
     * @return this
     * @throws IllegalArgumentException  if a number is not good; then no new frame waits
     * @throws IndexOutOfBoundsException if the segment ends within the frame
     */
    public Engine input(final MemorySegment source, final long offsetBytes) {
        expectOpen();
        targets.forget();
        frames.give(tick, source, offsetBytes);
        return this;
    }

    /**
     * The same from an Agrona buffer of little-endian float32.
     *
     * @param source     where the frame lies; copied
     * @param indexBytes of its first number
     * @return this
     * @throws IllegalArgumentException  if a number is not good; then no new frame waits
     * @throws IndexOutOfBoundsException if the buffer ends within the frame
     */
    public Engine input(final DirectBuffer source, final int indexBytes) {
        expectOpen();
        targets.forget();
        frames.give(tick, source, indexBytes);
        return this;
    }

    /**
     * Gives the next frame in place, with no copy: write every number, in little-endian float32, before the next tick,
     * which inspects and takes them. Until then old ones stand there.
     *
     * @return just the frame; not to be written after that tick
     */
    public MemorySegment inputInPlace() {
        expectOpen();
        targets.forget();
        return frames.giveInPlace(tick);
    }

    /**
     * Gives the target of the frame that waits. Without one the frame has none: there is no error at the output.
     *
     * @param target as many numbers as the output is wide, at most 2^30 in magnitude; copied
     * @return this
     * @throws IllegalArgumentException if its length is another, or a number is not good; then no new frame waits either
     * @throws IllegalStateException    if no frame waits
     */
    public Engine target(final float[] target) {
        expectFrame();
        try {
            targets.give(tick, target);
            return this;
        } catch (final RuntimeException e) {
            throw forget(e);
        }
    }

    /**
     * The same from a segment of little-endian float32.
     *
     * @param source      where the target lies; copied
     * @param offsetBytes of its first number
     * @return this
     * @throws IllegalArgumentException  if a number is not good; then no new frame waits either
     * @throws IndexOutOfBoundsException if the segment ends within the target; then no new frame waits either
     * @throws IllegalStateException     if no frame waits
     */
    public Engine target(final MemorySegment source, final long offsetBytes) {
        expectFrame();
        try {
            targets.give(tick, source, offsetBytes);
            return this;
        } catch (final RuntimeException e) {
            throw forget(e);
        }
    }

    /**
     * The same from an Agrona buffer of little-endian float32.
     *
     * @param source     where the target lies; copied
     * @param indexBytes of its first number
     * @return this
     * @throws IllegalArgumentException  if a number is not good; then no new frame waits either
     * @throws IndexOutOfBoundsException if the buffer ends within the target; then no new frame waits either
     * @throws IllegalStateException     if no frame waits
     */
    public Engine target(final DirectBuffer source, final int indexBytes) {
        expectFrame();
        try {
            targets.give(tick, source, indexBytes);
            return this;
        } catch (final RuntimeException e) {
            throw forget(e);
        }
    }

    /**
     * Gives the target of the frame that waits in place, as {@link #inputInPlace()} does.
     *
     * @return just the target; not to be written after the next tick
     * @throws IllegalStateException if no frame waits
     */
    public MemorySegment targetInPlace() {
        expectFrame();
        return targets.giveInPlace(tick);
    }

    /**
     * One tick: {@code advance(1)}.
     *
     * @throws IllegalArgumentException as {@link #advance} does
     * @throws IllegalStateException    as {@link #advance} does
     * @throws GuardTripException       as {@link #advance} does
     */
    public void tick() {
        advance(1);
    }

    /**
     * Takes the frame that waits, with its target, if there is one; then as many ticks of the present frame and target.
     *
     * @param ticks at least 1
     * @throws IllegalArgumentException if ticks is below 1, or a number that was given in place is not good: it is named,
     *                                  neither frame nor target is taken, and there is no tick
     * @throws IllegalStateException    before the first frame, and before the first after a {@link #reset()}
     * @throws GuardTripException       if numbers went bad and the context says {@link Guard#STOP}; all ticks are done
     */
    public void advance(final long ticks) {
        expectOpen();
        if (ticks < 1) {
            throw new IllegalArgumentException("advance(" + ticks + "): expected at least 1 tick");
        }
        take();
        boolean good = band.tick(tick++, learning);
        for (long left = ticks - 1; left > 0; left--) {
            expectOpen();
            frames.hold(tick);
            targets.hold(tick);
            good &= band.tick(tick++, learning);
        }
        if (!good && context.guard == Guard.STOP) {
            throw guardTrip();
        }
    }

    private void take() {
        if (frames.given()) {
            try {
                frames.inspectGiven(tick);
                targets.inspectGiven(tick);
            } catch (final IllegalArgumentException e) {
                throw forget(e);
            }
            frames.commit(tick, ++framesGiven);
            targets.commit(tick, framesGiven);
            present = true;
        } else if (present) {
            frames.hold(tick);
            targets.hold(tick);
        } else {
            throw new IllegalStateException("no frame yet: give one before tick " + tick);
        }
    }

    private RuntimeException forget(final RuntimeException e) {
        frames.forget();
        targets.forget();
        return e;
    }

    private GuardTripException guardTrip() {
        int layer = 0;
        long first = Long.MAX_VALUE;
        for (int l = 1; l <= network.layers(); l++) {
            if (image.trips(l) > 0 && image.firstTrip(l) < first) {
                layer = l;
                first = image.firstTrip(l);
            }
        }
        final long trips = guardTrips();
        image.clearTrips();
        return new GuardTripException(layer, first, trips);
    }

    /**
     * The output after the last tick, in place: x of layer L, little-endian float32. It stays until the tick after the
     * next one.
     *
     * @return just the output, read-only
     */
    public MemorySegment output() {
        expectOpen();
        return waves.output(tick);
    }

    /**
     * The number of the frame that {@link #output()} answers, counted from 1 in the order in which frames were taken.
     *
     * @return 0 while no frame has reached the output, and if the guard refused the output
     */
    public long answeredFrame() {
        expectOpen();
        return waves.answeredFrame(tick);
    }

    /**
     * Frames taken so far; the number of the newest one.
     *
     * @return from 0 on
     */
    public long frames() {
        expectOpen();
        return framesGiven;
    }

    /**
     * Ticks done so far; the number of the next one.
     *
     * @return from 0 on
     */
    public long ticks() {
        expectOpen();
        return tick;
    }

    /**
     * The rings, to be read by any thread.
     *
     * @return always the same
     */
    public Waves waves() {
        expectOpen();
        return waves;
    }

    /**
     * Sets what a frame teaches, from the next tick on; a tick teaches the K-th part of it.
     *
     * @param rate from 0 to 1024
     * @throws IllegalArgumentException if it is anything else
     */
    public void rate(final float rate) {
        expectOpen();
        context.rate(rate);
        learning.rate(rate / context.hold);
    }

    /**
     * Turns learning off or on, from the next tick on. Off, nothing is computed for it: no errors, no echoes.
     *
     * @param learn whether to learn
     */
    public void learning(final boolean learn) {
        expectOpen();
        learning.on(learn, tick);
    }

    /**
     * Zeroes the waves and forgets the frame; weights, settings and counters stay. For a new recording, or another camera.
     */
    public void reset() {
        expectOpen();
        forget(null);
        present = false;
        image.clearWaves(tick);
        learning.restart(tick);
    }

    /**
     * Reads the weights into a layer, one row a neuron.
     *
     * @param layer from 1 to L
     * @param to    width(layer) times width(layer - 1) numbers, row by row; filled
     * @throws IllegalArgumentException if there is no such layer, or the length is another
     */
    public void weights(final int layer, final float[] to) {
        expectOpen();
        expectLength("weights", layer, to.length, weightCount(layer));
        image.readWeights(layer, to);
    }

    /**
     * Reads the weights into one neuron.
     *
     * @param layer from 1 to L
     * @param row   the neuron, from 0 to width(layer) - 1
     * @param to    width(layer - 1) numbers; filled
     * @throws IllegalArgumentException if there is no such layer or neuron, or the length is another
     */
    public void weights(final int layer, final int row, final float[] to) {
        expectOpen();
        network.activation(layer);
        if (row < 0 || row >= network.width(layer)) {
            throw new IllegalArgumentException(
                "row " + row + " of layer " + layer + ": expected 0 to " + (network.width(layer) - 1));
        }
        expectLength("weights", layer, to.length, network.width(layer - 1));
        image.readRow(layer, row, to, 0);
    }

    /**
     * Reads the biases of a layer.
     *
     * @param layer from 1 to L
     * @param to    width(layer) numbers; filled
     * @throws IllegalArgumentException if there is no such layer, or the length is another
     */
    public void biases(final int layer, final float[] to) {
        expectOpen();
        network.activation(layer);
        expectLength("biases", layer, to.length, network.width(layer));
        image.readBiases(layer, to);
    }

    /**
     * Sets a layer's weights and biases, from the next tick on. Nothing is learnt in a layer before a frame that came
     * after this has been up to the output and back.
     *
     * @param layer   from 1 to L
     * @param weights width(layer) times width(layer - 1) numbers, row by row; copied
     * @param biases  width(layer) numbers; copied
     * @throws IllegalArgumentException if there is no such layer, a length is another, or a number is not good; then
     *                                  nothing is set
     */
    public void setWeights(final int layer, final float[] weights, final float[] biases) {
        expectOpen();
        expectLength("weights", layer, weights.length, weightCount(layer));
        expectLength("biases", layer, biases.length, network.width(layer));
        image.write(layer, weights, biases);
        learning.restart(tick);
    }

    private long weightCount(final int layer) {
        network.activation(layer);
        return (long) network.width(layer) * network.width(layer - 1);
    }

    private static void expectLength(final String what, final int layer, final int length, final long expected) {
        if (length != expected) {
            throw new IllegalArgumentException(
                what + " of layer " + layer + ": an array of " + length + " numbers, expected " + expected);
        }
    }

    /**
     * Vectors that the guard refused: all, or since the last {@link GuardTripException}.
     *
     * @return from 0 on
     */
    public long guardTrips() {
        expectOpen();
        long trips = 0;
        for (int l = 1; l <= network.layers(); l++) {
            trips += image.trips(l);
        }
        return trips;
    }

    /**
     * The same for one layer.
     *
     * @param layer from 1 to L
     * @return from 0 on
     * @throws IllegalArgumentException if there is no such layer
     */
    public long guardTrips(final int layer) {
        expectOpen();
        network.activation(layer);
        return image.trips(layer);
    }

    /**
     * The tick in which the guard first refused a vector of a layer, of those that {@link #guardTrips(int)} counts.
     *
     * @param layer from 1 to L
     * @return from 0 on; -1 if there was none
     * @throws IllegalArgumentException if there is no such layer
     */
    public long firstGuardTrip(final int layer) {
        return guardTrips(layer) == 0 ? -1 : image.firstTrip(layer);
    }

    /**
     * The network that runs here.
     *
     * @return as it was given to {@link #open}
     */
    public Network network() {
        return network;
    }

    private void expectFrame() {
        expectOpen();
        if (!frames.given()) {
            throw new IllegalStateException("a target without a new frame: give the frame first");
        }
    }

    private void expectOpen() {
        if (closed || !image.open()) {
            throw new IllegalStateException("the engine is closed");
        }
    }

    /**
     * Frees the image, unless the arena is the embedder's. Any thread may call it, more than once; a tick that is under way
     * in another ends with an {@link IllegalStateException}, or is the last.
     *
     * @throws IllegalStateException while a call outside holds on to the memory, such as a channel that reads into
     *                               {@link #inputInPlace()}: the engine is closed, and calling again frees the image
     */
    @Override
    public synchronized void close() {
        closed = true;
        waves.close();
        if (ownArena != null && image.open()) {
            ownArena.close();
        }
    }

    /** What to do when numbers go bad. */
    public enum Guard {
        /** Finish the ticks of the call, then throw a {@link GuardTripException}. */
        STOP,
        /** Count, and go on. */
        COUNT
    }

    /** How to run a network; every setting has a default. Not for several threads. */
    public static final class Context {
        private static final float MAX_RATE = 1024f;

        private Rule rule = Rule.aligned();
        private int hold = 1;
        private float rate = 1e-2f;
        float clip = Float.POSITIVE_INFINITY;
        private long seed = 1;
        private int history;
        private boolean learning = true;
        private boolean warmUp;
        private Guard guard = Guard.STOP;
        private Arena arena;

        /** The defaults: aligned, a hold of 1, a rate of 0.01, seed 1. */
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
            guard = other.guard;
            arena = other.arena;
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
         * Says whether to warm the kernels in {@link Engine#open}, for two seconds at most and once for each kind of
         * network in a JVM: on a small scratch network of its own, until its ticks allocate nothing.
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
         * @param newGuard {@link Guard#STOP} unless set
         * @return this
         */
        public Context guard(final Guard newGuard) {
            guard = Objects.requireNonNull(newGuard, "guard");
            return this;
        }

        /**
         * Allocates the image in the embedder's arena, which frees it; {@link Engine#close()} then does not.
         *
         * @param newArena the engine's own unless set; a confined one ties the engine to its thread
         * @return this
         */
        public Context arena(final Arena newArena) {
            arena = newArena;
            return this;
        }
    }
}
