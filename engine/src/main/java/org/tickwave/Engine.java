package org.tickwave;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.AgentTerminationException;
import org.tickwave.layout.ImageLayout;
import org.tickwave.pipeline.Bands;
import org.tickwave.pipeline.Cut;
import org.tickwave.pipeline.Image;
import org.tickwave.pipeline.Intake;
import org.tickwave.pipeline.Layer;
import org.tickwave.pipeline.Learning;
import org.tickwave.pipeline.Progress;
import org.tickwave.pipeline.Source;
import org.tickwave.pipeline.Stalled;
import org.tickwave.pipeline.Stopped;

/**
 * A network at work. Each tick sends every layer's activation one layer up, sends the error that it owes one layer down,
 * and corrects its weights from the two vectors that meet in it (Betti and Gori, Eq. 1 and 5).
 *
 * {@snippet lang=java :
 * Network network = Network.chain(416, 128, 128, 208).activation(Activation.TANH).build();
 * try (Engine engine = Engine.open(network, new Context().rule(Rule.aligned()).rate(1e-2f).seed(1))) {
 *     while (camera.read(frame)) {
 *         engine.input(frame).target(label);
 *         engine.tick();
 *         if (engine.answeredFrame() > 0) {
 *             act(engine.output());
 *         }
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
 * <p><b>Memory.</b> Everything is allocated in {@link #open}; after it only what throws and {@link #bands()} allocate, once the
 * kernels are compiled. Until then the JVM boxes their vectors, megabytes a tick: {@link Context#warmUp} has them compiled before
 * the first tick, and {@link #warm()} says whether they are.
 *
 * <p><b>Errors.</b> If a band throws, all bands stop, and later calls throw a {@link BandFailedException} that says which band,
 * where and why. Then these calls still work: {@link #weights(int, float[])}, {@link #biases} and {@link #waves()}, so that what
 * was learnt can be saved, {@link #unfinished()}, {@link #network()} and {@link #close()}. An interrupt fails nothing: it stays
 * set, waits yield instead of parking, and the tick ends. Once the engine is closed, every method but {@link #network()},
 * {@link #toString()} and {@link #close()} throws {@link IllegalStateException}, on whichever thread, and so do the {@link Waves}. Closing an arena of the embedder's own closes the engine too.
 */
public final class Engine implements AutoCloseable {
    /** What the address of an image is a multiple of, in bytes: {@value}. See {@link Context#arena}. */
    public static final int IMAGE_ALIGNMENT_BYTES = Image.ALIGNMENT_BYTES;

    private static final String CLOSED = "the engine is closed";

    private final Network network;
    private final Context context;
    private final Arena ownArena;
    private final Image image;
    private final Cut cut;
    private final Progress progress;
    private final Learning learning;
    private final Source source;
    private final Bands bands;
    private final Waves waves;
    private final WaveAgent[] agents;
    private final boolean warm;
    private final BandNames names = new BandNames();

    private Engine(final Network network, final Context context, final ImageLayout layout) {
        this.network = network;
        this.context = context;
        cut = context.cut(layout.geometry());
        ownArena = context.arena == null ? Arena.ofShared() : null;
        try {
            image = new Image(layout, context.allocate(ownArena, layout.imageBytes(), cut.bands()), context.seed);
            image.startWeights(context.seed, network.sigmas());
            progress = new Progress(image);
            learning = new Learning(context.rate / context.hold, context.learning);
            source = new Source(image, progress, cut.sweptLast(), learning);
            bands = newBands();
            waves = new Waves(image);
            agents = new WaveAgent[cut.bands()];
            warm = context.warmUp && WarmUp.run(network, context, confined());
            startThreads();
        } catch (final RuntimeException | Error e) {
            if (ownArena != null) {
                ownArena.close();
            }
            throw e;
        }
    }

    private boolean confined() {
        return ownArena == null && !image.segment().isAccessibleBy(new Thread());
    }

    private Bands newBands() {
        final int layers = network.layers();
        final Layer[] all = new Layer[layers + 1];
        for (int l = 1; l <= layers; l++) {
            all[l] = new Layer(image, l, network.activation(l).sigma, network.loss().kernel, context.clip);
        }
        return new Bands(
            cut, all, image, progress, source, context.sampleEvery, context.newWait(progress, cut.bands(), context.stallLimitNs));
    }

    private void startThreads() {
        if (context.ownThreads) {
            try {
                bands.start(context.threadFactory, () -> context.newWait(progress, cut.bands(), 0), names::of);
            } catch (final RuntimeException | Error e) {
                bands.close();
                throw e;
            }
        }
    }

    /**
     * Allocates an image, starts the weights and, if the context asks for it, warms the kernels and then starts threads. What is
     * refused is refused before the kernels are warmed.
     *
     * @param network what to run
     * @param context how to run it; copied
     * @return an engine at tick 0, without a frame
     * @throws IllegalArgumentException if the rule or the cut does not fit the network, if the image is too large for any
     *                                  machine, or if the arena gives memory that is on the heap, read-only, misaligned or too
     *                                  small, or confined to one thread while there are several bands
     * @throws IllegalStateException    if the thread factory gives no thread
     * @throws OutOfMemoryError         if the image cannot be allocated
     */
    public static Engine open(final Network network, final Context context) {
        final ImageLayout layout = layout(network, context);
        return new Engine(network, new Context(context), layout);
    }

    /**
     * The bytes that {@link #open} would allocate, in one segment that is aligned to {@link #IMAGE_ALIGNMENT_BYTES}.
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
        Objects.requireNonNull(frame, "frame");
        source.newFrame().give(source.committed(), frame);
        return this;
    }

    /**
     * The same from a segment of little-endian float32.
     *
     * @param segment     where the frame lies; copied
     * @param offsetBytes of its first number
     * @return this
     * @throws IllegalArgumentException  if a number is not good; then no new frame waits
     * @throws IndexOutOfBoundsException if the segment ends within the frame
     * @throws IllegalStateException     as {@link #input(float[])} does
     */
    public Engine input(final MemorySegment segment, final long offsetBytes) {
        expectOpen();
        Objects.requireNonNull(segment, "segment");
        source.newFrame().give(source.committed(), segment, offsetBytes);
        return this;
    }

    /**
     * The same from an Agrona buffer of little-endian float32.
     *
     * @param buffer     where the frame lies; copied
     * @param indexBytes of its first number
     * @return this
     * @throws IllegalArgumentException  if a number is not good; then no new frame waits
     * @throws IndexOutOfBoundsException if the buffer ends within the frame
     * @throws IllegalStateException     as {@link #input(float[])} does
     */
    public Engine input(final DirectBuffer buffer, final int indexBytes) {
        expectOpen();
        Objects.requireNonNull(buffer, "buffer");
        source.newFrame().give(source.committed(), buffer, indexBytes);
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
        Objects.requireNonNull(target, "target");
        final Intake into = source.newTarget();
        try {
            into.give(source.committed(), target);
            return this;
        } catch (final RuntimeException e) {
            source.forget();
            throw e;
        }
    }

    /**
     * The same from a segment of little-endian float32.
     *
     * @param segment     where the target lies; copied
     * @param offsetBytes of its first number
     * @return this
     * @throws IllegalArgumentException  if a number is not good; then no new frame waits either
     * @throws IndexOutOfBoundsException if the segment ends within the target; then no new frame waits either
     * @throws IllegalStateException     if no frame waits
     */
    public Engine target(final MemorySegment segment, final long offsetBytes) {
        expectOpen();
        Objects.requireNonNull(segment, "segment");
        final Intake into = source.newTarget();
        try {
            into.give(source.committed(), segment, offsetBytes);
            return this;
        } catch (final RuntimeException e) {
            source.forget();
            throw e;
        }
    }

    /**
     * The same from an Agrona buffer of little-endian float32.
     *
     * @param buffer     where the target lies; copied
     * @param indexBytes of its first number
     * @return this
     * @throws IllegalArgumentException  if a number is not good; then no new frame waits either
     * @throws IndexOutOfBoundsException if the buffer ends within the target; then no new frame waits either
     * @throws IllegalStateException     if no frame waits
     */
    public Engine target(final DirectBuffer buffer, final int indexBytes) {
        expectOpen();
        Objects.requireNonNull(buffer, "buffer");
        final Intake into = source.newTarget();
        try {
            into.give(source.committed(), buffer, indexBytes);
            return this;
        } catch (final RuntimeException e) {
            source.forget();
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
        bands.expectNoAgentHere();
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
     * tick committed before, so that giving a frame costs no tick. What {@link #rate}, {@link #learning}, {@link #reset},
     * {@link #setWeights(int, float[], float[])} and {@link #setBiases} have set holds from its first tick on, in every layer. It throws no {@link GuardTripException}:
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
            bands.finish();
        } catch (final Stopped e) {
            throw stopped();
        } catch (final Stalled e) {
            if (source.completed() == source.committed()) {
                // It came in that moment.
                return;
            }
            throw new BandStalledException(bands.furthestBehind(), source.completed(), context.stallLimitNs);
        }
    }

    /** Where the agent of a band is called; null for nowhere. */
    void agentOn(final int band, final Thread thread) {
        bands.agent(band, thread);
    }

    /** For the agent of a band. */
    boolean work(final int band) {
        if (!closed()) {
            try {
                return bands.work(band);
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
            if (image.tripsAcquire(l) > 0 && image.firstTripOpaque(l) < first) {
                layer = l;
                first = image.firstTripOpaque(l);
            }
        }
        final long trips = guardTrips();
        image.clearTripsOpaque();
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
     * @return 0 while no frame has reached the output, and if the guard refused the output or an activation that it was made from
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
            all.add(new Band(cut.first(b), cut.last(b), cut.share(b), bands.sampledTicks(b), bands.workedNs(b), bands.waitedNs(b)));
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
        if (bands.ownThread(band)) {
            throw new IllegalStateException(
                "band " + band + " is run by a thread of the engine's own: expected bands(" + agents.length + "), not threads");
        }
        if (agents[band] == null) {
            finish();
            bands.giveAway(band);
            agents[band] = new WaveAgent(this, band, names.of(band));
        }
        return agents[band];
    }

    /**
     * Whether {@link #open} found all kernels compiled, so that even the first tick is fast and allocates nothing. Where the JVM
     * does not count the bytes that a thread allocates, this is as far as open could tell.
     *
     * @return false if {@link Context#warmUp} was not set, if its ten seconds were not enough, or if this JVM only interprets
     */
    public boolean warm() {
        expectOpen();
        return warm;
    }

    /**
     * The rings, to be read by any thread; also after a band has failed.
     *
     * @return always the same
     */
    public Waves waves() {
        expectNotClosed();
        return waves;
    }

    /**
     * Whether {@link #weights(int, float[])} and {@link #biases} give numbers of an unfinished tick: a band has failed, so some
     * layers may have learnt in a tick in which others did not, and one may have learnt in part. All of them are finite.
     *
     * @return true after a {@link BandFailedException}; else false
     */
    public boolean unfinished() {
        expectNotClosed();
        return progress.failure() != null;
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
     * Reads the weights into a layer, one row a neuron. First waits, as {@link #await()} does, until all that was committed is
     * completed. After a band has failed it waits until all bands have stopped instead, and reads what was learnt till then:
     * see {@link #unfinished()}.
     *
     * @param layer from 1 to L
     * @param to    width(layer) times width(layer - 1) numbers, row by row; filled
     * @throws IllegalArgumentException if there is no such layer, or the length is another
     * @throws IllegalStateException    if a band has failed and another one has not stopped for half a second
     */
    public void weights(final int layer, final float[] to) {
        expectNotClosed();
        Objects.requireNonNull(to, "to");
        expectLength("weights", layer, to.length, weightCount(layer));
        settle();
        image.readWeights(layer, to);
    }

    /**
     * Reads the weights into one neuron; waits as {@link #weights(int, float[])} does, and goes on after a failure.
     *
     * @param layer from 1 to L
     * @param row   the neuron, from 0 to width(layer) - 1
     * @param to    width(layer - 1) numbers; filled
     * @throws IllegalArgumentException if there is no such layer or neuron, or the length is another
     * @throws IllegalStateException    if a band has failed and another one has not stopped for half a second
     */
    public void weights(final int layer, final int row, final float[] to) {
        expectNotClosed();
        Objects.requireNonNull(to, "to");
        expectRow(layer, row);
        expectLength("weights", layer, to.length, network.width(layer - 1));
        settle();
        image.readRow(layer, row, to, 0);
    }

    /**
     * Reads the biases of a layer; waits as {@link #weights(int, float[])} does, and goes on after a failure.
     *
     * @param layer from 1 to L
     * @param to    width(layer) numbers; filled
     * @throws IllegalArgumentException if there is no such layer, or the length is another
     * @throws IllegalStateException    if a band has failed and another one has not stopped for half a second
     */
    public void biases(final int layer, final float[] to) {
        expectNotClosed();
        Objects.requireNonNull(to, "to");
        network.activation(layer);
        expectLength("biases", layer, to.length, network.width(layer));
        settle();
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
        Objects.requireNonNull(weights, "weights");
        Objects.requireNonNull(biases, "biases");
        expectLength("weights", layer, weights.length, weightCount(layer));
        expectLength("biases", layer, biases.length, network.width(layer));
        finish();
        image.write(layer, weights, biases);
        learning.restart(source.committed());
    }

    /**
     * Sets the weights into one neuron, from the next commit on, as {@link #setWeights(int, float[], float[])} does: so that a
     * layer can be loaded row by row.
     *
     * @param layer   from 1 to L
     * @param row     the neuron, from 0 to width(layer) - 1
     * @param weights width(layer - 1) numbers; copied
     * @throws IllegalArgumentException if there is no such layer or neuron, the length is another, or a number is not good; then
     *                                  nothing is set
     */
    public void setWeights(final int layer, final int row, final float[] weights) {
        expectOpen();
        Objects.requireNonNull(weights, "weights");
        expectRow(layer, row);
        expectLength("weights", layer, weights.length, network.width(layer - 1));
        finish();
        image.writeRow(layer, row, weights);
        learning.restart(source.committed());
    }

    /**
     * Sets the biases of a layer, from the next commit on, as {@link #setWeights(int, float[], float[])} does.
     *
     * @param layer  from 1 to L
     * @param biases width(layer) numbers; copied
     * @throws IllegalArgumentException if there is no such layer, the length is another, or a number is not good; then nothing
     *                                  is set
     */
    public void setBiases(final int layer, final float[] biases) {
        expectOpen();
        Objects.requireNonNull(biases, "biases");
        network.activation(layer);
        expectLength("biases", layer, biases.length, network.width(layer));
        finish();
        image.writeBiases(layer, biases);
        learning.restart(source.committed());
    }

    private void expectRow(final int layer, final int row) {
        network.activation(layer);
        if (row < 0 || row >= network.width(layer)) {
            throw new IllegalArgumentException(
                "row " + row + " of layer " + layer + ": expected 0 to " + (network.width(layer) - 1));
        }
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
            trips += image.tripsAcquire(l);
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
        return image.tripsAcquire(layer);
    }

    /**
     * The tick in which the guard first refused a vector of a layer, of those that {@link #guardTrips(int)} counts.
     *
     * @param layer from 1 to L
     * @return from 0 on; -1 if there was none
     * @throws IllegalArgumentException if there is no such layer
     */
    public long firstGuardTrip(final int layer) {
        return guardTrips(layer) == 0 ? -1 : image.firstTripOpaque(layer);
    }

    /**
     * The network that runs here.
     *
     * @return as it was given to {@link #open}
     */
    public Network network() {
        return network;
    }

    /** The network, the rule, the bands, the ticks committed, and the state; for any thread, also once the engine is closed. */
    @Override
    public String toString() {
        final String state = closed() ? "closed" : progress.failure() != null ? "failed" : "open";
        return "Engine[" + network + ", " + context.rule + ", bands=" + cut.bands() + ", ticks=" + source.committed() + ", "
            + state + "]";
    }

    /** Before the image is read: all ticks are completed, or a band has failed and no band uses the image any more. */
    private void settle() {
        if (progress.failure() == null) {
            finish();
        } else {
            bands.awaitLeft();
        }
    }

    private void expectNotClosed() {
        if (closed()) {
            throw new IllegalStateException(CLOSED);
        }
    }

    private void expectOpen() {
        expectNotClosed();
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
        synchronized (bands) {
            waves.close();
            bands.close();
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
}
