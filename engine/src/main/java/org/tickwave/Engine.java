package org.tickwave;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.AgentTerminationException;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.tickwave.layout.Geometry;
import org.tickwave.layout.ImageLayout;
import org.tickwave.pipeline.Crew;
import org.tickwave.pipeline.Cut;
import org.tickwave.pipeline.Image;
import org.tickwave.pipeline.Intake;
import org.tickwave.pipeline.Layer;
import org.tickwave.pipeline.Learning;
import org.tickwave.pipeline.Progress;
import org.tickwave.pipeline.Source;
import org.tickwave.pipeline.Stalled;
import org.tickwave.pipeline.Stopped;
import org.tickwave.pipeline.Wait;

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
 * <p><b>Flags.</b> On the class path the JVM needs {@code --add-modules jdk.incubator.vector}; where it is missing,
 * {@link Network.Builder#build()} throws an {@link IllegalStateException} that says so, and there is nothing to open. On the
 * module path, {@code requires org.tickwave} is enough.
 *
 * <p><b>Threads.</b> One thread at a time, the <i>source</i>, gives frames, ticks, and calls everything else here. Any thread
 * may call {@link #waves()}, and read them, {@link #completed()}, {@link #network()} and {@link #close()}; if the embedder's
 * arena is confined to one thread, only that one. The layers are cut into <i>bands</i>. They run on the source's thread, inside
 * {@link #tick()} and others that wait, but for those that other threads have: the engine's own if {@link Context#threads}
 * asked for them, or those of the embedder that call {@link #agent}s. Results have the same bits, whoever runs what.
 *
 * <p><b>Time.</b> Ticks are counted from 0. What stands in {@link #output()} after a tick answers the frame given L ticks
 * before it was written; {@link #answeredFrame()} says which.
 *
 * <p><b>Memory.</b> Everything is allocated in {@link #open}; after it only what throws allocates, once the kernels are
 * compiled. Until then the JVM boxes their vectors, megabytes a tick: {@link Context#warmUp} compiles them before the first.
 *
 * <p><b>Errors.</b> If a band throws, all bands stop, and every later call throws a {@link BandFailedException} that says which
 * one, where and why; only {@link #network()}, {@link #close()}, and the {@link Waves} that somebody already has, go on. An
 * interrupt fails nothing: it stays set, waits yield instead of parking, and the tick ends. Once the engine is closed, every
 * method but {@link #network()} and {@link #close()} throws {@link IllegalStateException}, on whichever thread, and so do the
 * {@link Waves}. Closing an arena of the embedder's own closes the engine too.
 */
public final class Engine implements AutoCloseable {
    private static final String CLOSED = "the engine is closed";

    private final Network network;
    private final Context context;
    private final Arena ownArena;
    private final Image image;
    private final Cut cut;
    private final Progress progress;
    private final Learning learning;
    private final Source source;
    private final Crew crew;
    private final Waves waves;
    private final WaveAgent[] agents;

    private Engine(final Network network, final Context context, final ImageLayout layout) {
        this.network = network;
        this.context = context;
        cut = context.cut(layout.geometry());
        final Arena embedders = context.arena(cut.bands());
        ownArena = embedders == null ? Arena.ofShared() : null;
        try {
            image = new Image(layout, ownArena == null ? embedders : ownArena, context.seed);
            image.startWeights(context.seed, network.sigmas());
            progress = new Progress(image);
            learning = new Learning(context.rate / context.hold, context.learning);
            source = new Source(image, progress, cut.sweptLast(), learning);
            crew = crew();
            waves = new Waves(image);
            agents = new WaveAgent[cut.bands()];
            startThreads();
        } catch (final RuntimeException | Error e) {
            if (ownArena != null) {
                ownArena.close();
            }
            throw e;
        }
    }

    private Crew crew() {
        final int layers = network.layers();
        final Layer[] all = new Layer[layers + 1];
        for (int l = 1; l <= layers; l++) {
            all[l] = new Layer(image, l, network.activation(l).sigma, network.loss().kernel, context.clip);
        }
        return new Crew(
            cut, all, image, progress, source, context.sampleEvery, context.newWait(progress, cut.bands(), context.stallLimitNs));
    }

    private void startThreads() {
        if (context.ownThreads) {
            try {
                crew.start(context.threadFactory, () -> context.newWait(progress, cut.bands(), 0));
            } catch (final RuntimeException | Error e) {
                crew.close();
                throw e;
            }
        }
    }

    /**
     * Allocates an image, starts the weights and, if the context asks for it, warms the kernels and starts threads.
     *
     * @param network what to run
     * @param context how to run it; copied
     * @return an engine at tick 0, without a frame
     * @throws IllegalArgumentException if the rule or the cut does not fit the network, if the image is too large for any
     *                                  machine, or if there are several bands, and the arena is confined to one thread
     * @throws IllegalStateException    if the thread factory gives no thread
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
     * The number of threads that are likely to make a tick shortest: one where it is so short that a hand-shake costs more than
     * it saves. A rough guess, from the network's size, the context's {@link Context#cacheBytes} and this machine's processors,
     * as if they had nothing else to do. What the context says of threads, bands and their cut is not looked at.
     *
     * @param network what would run
     * @param context how
     * @return from 1 to the number of processors, or of layers
     */
    public static int suggestedThreads(final Network network, final Context context) {
        return Cut.best(layout(network, context).geometry(), Runtime.getRuntime().availableProcessors(), context.cacheBytes).bands();
    }

    /**
     * Gives the next frame; the next tick takes it. A frame or target that waits is replaced. Never waits.
     *
     * @param frame as many numbers as the input is wide, at most 2^30 in magnitude; copied
     * @return this
     * @throws IllegalArgumentException if its length is another, or a number is not good; then no new frame waits
     * @throws IllegalStateException    if not {@link #ready()}, which can be only after {@link #commit()}, or a
     *                                  {@link BandStalledException}
     */
    public Engine input(final float[] frame) {
        expectOpen();
        source.newFrame().give(source.committed(), frame);
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
     * @throws IllegalStateException     as {@link #input(float[])} does
     */
    public Engine input(final MemorySegment source, final long offsetBytes) {
        expectOpen();
        this.source.newFrame().give(this.source.committed(), source, offsetBytes);
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
     * @throws IllegalStateException     as {@link #input(float[])} does
     */
    public Engine input(final DirectBuffer source, final int indexBytes) {
        expectOpen();
        this.source.newFrame().give(this.source.committed(), source, indexBytes);
        return this;
    }

    /**
     * Gives the next frame in place, with no copy: write every number, in little-endian float32, before the next tick or
     * commit, which inspects and takes them. Until then old ones stand there.
     *
     * @return just the frame; not to be written once it is taken
     * @throws IllegalStateException as {@link #input(float[])} does
     */
    public MemorySegment inputInPlace() {
        expectOpen();
        return source.newFrame().giveInPlace(source.committed());
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
        expectOpen();
        final Intake into = this.source.newTarget();
        try {
            into.give(this.source.committed(), target);
            return this;
        } catch (final RuntimeException e) {
            this.source.forget();
            throw e;
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
        expectOpen();
        final Intake into = this.source.newTarget();
        try {
            into.give(this.source.committed(), source, offsetBytes);
            return this;
        } catch (final RuntimeException e) {
            this.source.forget();
            throw e;
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
        expectOpen();
        final Intake into = this.source.newTarget();
        try {
            into.give(this.source.committed(), source, indexBytes);
            return this;
        } catch (final RuntimeException e) {
            this.source.forget();
            throw e;
        }
    }

    /**
     * Gives the target of the frame that waits in place, as {@link #inputInPlace()} does.
     *
     * @return just the target; not to be written once it is taken
     * @throws IllegalStateException if no frame waits
     */
    public MemorySegment targetInPlace() {
        expectOpen();
        return source.newTarget().giveInPlace(source.committed());
    }

    /**
     * One tick: {@code advance(1)}.
     *
     * @throws IllegalArgumentException as {@link #advance} does
     * @throws IllegalStateException    as {@link #advance} does
     * @throws BandFailedException      as {@link #advance} does
     * @throws GuardTripException       as {@link #advance} does
     */
    public void tick() {
        advance(1);
    }

    /**
     * Takes the frame that waits, with its target, if there is one; then as many ticks of the present frame and target, in all
     * bands, with no hand-back in between; returns when every layer has completed them.
     *
     * @param ticks at least 1
     * @throws IllegalArgumentException if ticks is below 1, or a number that was given in place is not good: it is named,
     *                                  neither frame nor target is taken, and there is no tick
     * @throws IllegalStateException    before the first frame, and before the first after a {@link #reset()}; if an agent
     *                                  on this very thread would have to do something first
     * @throws BandFailedException      if a band fails
     * @throws BandStalledException     if a band keeps it waiting beyond the {@link Context#stallLimitNs}. Nothing is lost:
     *                                  {@link #await()} goes on with what is committed; {@link #ticks()} says whether these are
     * @throws GuardTripException       if numbers went bad and the context says {@link Guard#STOP}; all ticks are done
     */
    public void advance(final long ticks) {
        expectOpen();
        expectTicks("advance", ticks);
        crew.expectNoAgentHere();
        finish();
        source.commit(ticks);
        await();
    }

    /**
     * Hands the frame that waits, with its target, to the bands, for one tick: {@code commit(1)}.
     *
     * @throws IllegalArgumentException as {@link #commit(long)} does
     * @throws IllegalStateException    as {@link #commit(long)} does
     */
    public void commit() {
        commit(1);
    }

    /**
     * Hands the frame that waits, with its target, if there is one, or else the present one again, to the bands, for so many
     * ticks, and returns at once: for embedders whose agents run the bands. It may be called while the bands are in the last
     * tick committed before, so that giving a frame costs no tick. What {@link #rate}, {@link #learning}, {@link #reset} and
     * {@link #setWeights} have set holds from its first tick on, in every layer. It throws no {@link GuardTripException}:
     * {@link #await()} does, and {@link #guardTrips()} counts.
     *
     * @param ticks at least 1
     * @throws IllegalArgumentException if ticks is below 1, or a number that was given in place is not good: it is named,
     *                                  and nothing is committed
     * @throws IllegalStateException    if not {@link #ready()}; before the first frame, and before the first after a reset
     * @throws BandFailedException      if a band has failed
     */
    public void commit(final long ticks) {
        expectOpen();
        expectTicks("commit", ticks);
        source.commit(ticks);
    }

    private static void expectTicks(final String call, final long ticks) {
        if (ticks < 1) {
            throw new IllegalArgumentException(call + "(" + ticks + "): expected at least 1 tick");
        }
    }

    /**
     * Whether a frame may be given and committed now: all bands are in the last tick committed before, or have completed it.
     * Always so after {@link #tick()} and {@link #advance}.
     *
     * @return false while a band has more than one tick to do
     */
    public boolean ready() {
        expectOpen();
        return source.ready();
    }

    /**
     * Returns when all that was committed is completed; runs the caller's bands, those that have no other thread, till then.
     *
     * @throws IllegalStateException if an agent on this very thread would have to do something first
     * @throws BandFailedException   as {@link #advance} does
     * @throws BandStalledException  as {@link #advance} does
     * @throws GuardTripException    as {@link #advance} does
     */
    public void await() {
        expectOpen();
        finish();
        if (progress.tripped() && context.guard == Guard.STOP) {
            throw guardTrip();
        }
    }

    private void finish() {
        try {
            crew.finish();
        } catch (final Stopped e) {
            throw stopped();
        } catch (final Stalled e) {
            if (source.completed() == source.committed()) {
                // It came in that moment.
                return;
            }
            throw new BandStalledException(crew.furthestBehind(), source.completed(), context.stallLimitNs);
        }
    }

    /** Where the agent of a band is called; null for nowhere. */
    void agentOn(final int band, final Thread thread) {
        crew.agent(band, thread);
    }

    /** For the agent of a band. */
    boolean work(final int band) {
        if (!closed()) {
            try {
                return crew.work(band);
            } catch (final Stopped e) {
                if (!closed()) {
                    throw failed();
                }
            }
        }
        throw new AgentTerminationException(CLOSED, true);
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
     * next one. With {@link #commit()}: after the last tick that every layer has {@link #completed()}, until two more than that
     * are committed; {@link Waves#activation} copies, and says if it came too late.
     *
     * @return just the output, read-only
     */
    public MemorySegment output() {
        expectOpen();
        return waves.output(source.completed());
    }

    /**
     * The number of the frame that {@link #output()} answers, counted from 1 in the order in which frames were taken.
     *
     * @return 0 while no frame has reached the output, and if the guard refused the output
     */
    public long answeredFrame() {
        expectOpen();
        return waves.answeredFrame(source.completed());
    }

    /**
     * Frames taken so far; the number of the newest one.
     *
     * @return from 0 on
     */
    public long frames() {
        expectOpen();
        return source.frame();
    }

    /**
     * Ticks committed so far; the number of the next one.
     *
     * @return from 0 on
     */
    public long ticks() {
        expectOpen();
        return source.committed();
    }

    /**
     * Ticks that every layer has completed: after {@link #tick()} and {@link #advance} all. Any thread may ask; whoever has
     * seen a number here may read, in {@link #waves()}, what those ticks made.
     *
     * @return from 0 to {@link #ticks()}
     */
    public long completed() {
        expectOpen();
        return source.completed();
    }

    /**
     * The bands, from the input up.
     *
     * @return what each is, and how it has done so far; a new list
     */
    public List<Band> bands() {
        expectOpen();
        final List<Band> all = new ArrayList<>(cut.bands());
        for (int b = 0; b < cut.bands(); b++) {
            all.add(new Band(cut.first(b), cut.last(b), cut.share(b), crew.sampledTicks(b), crew.workedNs(b), crew.waitedNs(b)));
        }
        return List.copyOf(all);
    }

    /**
     * Takes a band from the source's thread: from now on it runs only where the embedder calls this agent. With a single band
     * that is the whole engine. The first time, it waits as {@link #await()} does.
     *
     * @param band from 0
     * @return always the same
     * @throws IllegalArgumentException if there is no such band
     * @throws IllegalStateException    if a thread of the engine's own runs it
     */
    public WaveAgent agent(final int band) {
        expectOpen();
        if (band < 0 || band >= agents.length) {
            throw new IllegalArgumentException("band " + band + ": expected 0 to " + (agents.length - 1));
        }
        if (crew.ownThread(band)) {
            throw new IllegalStateException(
                "band " + band + " is run by a thread of the engine's own: expected bands(" + agents.length + "), not threads");
        }
        if (agents[band] == null) {
            finish();
            crew.giveAway(band);
            agents[band] = new WaveAgent(this, band);
        }
        return agents[band];
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
     * Sets what a frame teaches, from the next commit on; a tick teaches the K-th part of it.
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
     * Turns learning off or on, from the next commit on. Off, nothing is computed for it: no errors, no echoes.
     *
     * @param learn whether to learn
     */
    public void learning(final boolean learn) {
        expectOpen();
        learning.on(learn, source.committed());
    }

    /**
     * Zeroes the waves and forgets the frame; weights, settings and counters stay. For a new recording, or another camera.
     * Like all that reads or sets weights it waits, as {@link #await()} does, until all that was committed is completed.
     */
    public void reset() {
        expectOpen();
        finish();
        source.reset();
        image.clearWaves(source.committed());
        learning.restart(source.committed());
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
        finish();
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
        finish();
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
        finish();
        image.readBiases(layer, to);
    }

    /**
     * Sets a layer's weights and biases, from the next commit on. Nothing is learnt in a layer before a frame that came
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
        finish();
        image.write(layer, weights, biases);
        learning.restart(source.committed());
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

    private void expectOpen() {
        if (closed()) {
            throw new IllegalStateException(CLOSED);
        }
        if (progress.failure() != null) {
            throw failed();
        }
    }

    /** By a call, or with the embedder's arena. */
    private boolean closed() {
        return progress.closed() || !image.open();
    }

    private RuntimeException stopped() {
        return closed() ? new IllegalStateException(CLOSED) : failed();
    }

    private BandFailedException failed() {
        return new BandFailedException(progress.failure());
    }

    /**
     * Ends all ticks, then the engine's own threads, and frees the image, unless the arena is the embedder's. Any thread may
     * call it, more than once; a tick that is under way in another ends with an {@link IllegalStateException}, or is the last.
     * It takes as long as the longest layer's tick; after half a second it waits no longer for a band that hangs. But for such a
     * one, no band touches the image after it; a call that gives a frame, and is under way in another thread, still may. Agents
     * end their runners when they are called next.
     *
     * @throws IllegalStateException while a call outside holds on to the memory, such as a channel that reads into
     *                               {@link #inputInPlace()}: the engine is closed, and calling again frees the image
     */
    @Override
    public void close() {
        // Not the engine's own monitor, which an embedder may hold around its ticks.
        synchronized (crew) {
            waves.close();
            crew.close();
            if (ownArena != null && image.open()) {
                ownArena.close();
            }
        }
    }

    /**
     * Consecutive layers that one thread runs.
     *
     * @param firstLayer   the lowest, from 1
     * @param lastLayer    the highest, up to L
     * @param costShare    its part of what all bands cost, as the model that cuts has it; 0 to 1
     * @param sampledTicks ticks of which it took the time: see {@link Context#sampleEvery}
     * @param workedNs     nanoseconds in those ticks, together
     * @param waitedNs     nanoseconds before those ticks, together: for the bands next to it, and for the frame
     */
    public record Band(int firstLayer, int lastLayer, double costShare, long sampledTicks, long workedNs, long waitedNs) {
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
        private static final int BARE_POLLS = 64;
        private static final int SPINS = 20;
        private static final int YIELDS = 200;
        private static final long MIN_PARK_NS = 1_000;
        private static final long MAX_PARK_NS = 100_000;

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
        private int bands = 1;
        private boolean ownThreads;
        private int[] counts;
        private long cacheBytes = Cut.CACHE_BYTES;
        private ThreadFactory threadFactory = Thread.ofPlatform().daemon().name("tickwave-band-", 1).factory();
        private Supplier<? extends IdleStrategy> idleStrategy;
        private long stallLimitNs;
        private int sampleEvery;

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

        private Cut cut(final Geometry geometry) {
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
         * Sets what makes the engine's own threads, and may pin them; {@link Engine#open} calls it, on its thread.
         *
         * @param factory daemons called tickwave-band-1, -2 and so on, unless set
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

        private Wait newWait(final Progress progress, final int count, final long limitNs) {
            final boolean crowded = count > Runtime.getRuntime().availableProcessors();
            final IdleStrategy idle = idleStrategy != null ? Objects.requireNonNull(idleStrategy.get(), "idle strategy")
                : new BackoffIdleStrategy(crowded ? 0 : SPINS, YIELDS, MIN_PARK_NS, MAX_PARK_NS);
            return new Wait(progress, idle, crowded ? 0 : BARE_POLLS, limitNs);
        }

        private Arena arena(final int threads) {
            if (arena == null || threads == 1 || arena.allocate(1).isAccessibleBy(new Thread())) {
                return arena;
            }
            throw new IllegalArgumentException("arena: confined to one thread, while there are " + threads
                + (ownThreads ? " threads" : " bands") + ": expected a shared one, such as Arena.ofShared()");
        }
    }
}
