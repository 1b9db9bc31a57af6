package org.tickwave;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Objects;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.AgentTerminationException;
import org.tickwave.layout.ImageLayout;
import org.tickwave.pipeline.Bands;
import org.tickwave.pipeline.Cut;
import org.tickwave.pipeline.Image;
import org.tickwave.pipeline.Progress;
import org.tickwave.pipeline.Source;

/**
 * Runs a network tick by tick (Betti and Gori, Eq. 1 and 5). In each tick every layer sends its activation one layer up. Every
 * layer but the lowest also sends its error, multiplied by the transposed weights, one layer down. This vector is the layer's
 * <i>echo</i>. In the same tick every layer corrects its weights, using its own error and an activation of the layer below.
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
 * <p><b>Flags.</b> On the class path the JVM needs {@code --add-modules jdk.incubator.vector}. Without this flag
 * {@link Network.Builder#build()} throws an {@link IllegalStateException} that names the flag. On the module path,
 * {@code requires org.tickwave} is enough.
 *
 * <p><b>Threads.</b> The <i>embedder</i> is the application that uses the engine. One thread at a time is the <i>source</i>: the
 * source gives the frames and starts the ticks. The source may call every method. Other threads may call only {@link #waves()},
 * {@link #completed()}, {@link #network()}, {@link #toString()}, {@link #close()}, and all methods of {@link Waves}. If the
 * embedder's arena is confined to one thread, only that thread may call any method.
 *
 * <p>The layers are cut into <i>bands</i>. Three kinds of threads can run a band: one of the engine's own threads, if
 * {@link Context#threads} asked for such threads; the thread that calls the band's {@link #agent}; or else the source's
 * thread, inside {@link #tick()} and the other methods that wait. The results have the same bits in all three cases.
 *
 * <p><b>Time.</b> Ticks are counted from 0. A frame reaches the output after {@link Network#latency()} ticks.
 * {@link #answeredFrame()} says which frame {@link #output()} answers. To <i>commit</i> a tick is to release the tick to the
 * bands. {@link #tick()} and {@link #advance} commit and then wait; {@link #commit()} does not wait.
 *
 * <p><b>Guard.</b> A number is <i>good</i> if its magnitude is at most 2^30. NaN is not good. If a frame, a target or a
 * weight is not good, the engine throws an exception. Inside the network the <i>guard</i> checks errors and activations, and
 * replaces a vector that is not good by zeros: see {@link Context#guard}.
 *
 * <p><b>Memory.</b> {@link #open} allocates the image and everything else. Once {@link #open} has returned and the kernels are
 * compiled, the engine allocates only exceptions, the list of {@link #bands()}, and the first {@link #agent} of a band.
 * Uncompiled kernels allocate a box for each vector: megabytes in each tick. {@link Context#warmUp} compiles all kernels before
 * the first tick, and {@link #warm()} says whether they are compiled.
 *
 * <p><b>Errors.</b> If a band throws, all bands stop, and later calls throw a {@link BandFailedException} that says which band
 * failed, where and why. These methods still work, so that what was learnt can be saved: {@link #weights(int, float[])},
 * {@link #biases}, {@link #waves()}, {@link #unfinished()}, {@link #network()} and {@link #close()}. An interrupt
 * causes no failure: the interrupt flag stays set, a waiting thread yields and does not park, and the tick completes. Once the
 * engine is closed, every method but {@link #network()}, {@link #toString()} and {@link #close()} throws an {@link
 * IllegalStateException} on every thread. The methods of {@link Waves} throw the same exception, except {@link Waves#toString()}.
 * If the image lies in the embedder's arena and the embedder closes this arena, the engine is closed too. A method that does something
 * <i>as</i> another method does also throws what the other method throws, except a {@link GuardTripException}: only {@link #await()},
 * {@link #tick()} and {@link #advance} throw it.
 */
public final class Engine implements AutoCloseable {
    /** The alignment of an image, in bytes: {@value}. See {@link Context#arena}. */
    public static final int IMAGE_ALIGNMENT_BYTES = Image.ALIGNMENT_BYTES;

    private final Network network;
    private final Context context;
    private final EngineParts parts;
    private final EngineState state;
    private final EngineObserver observer;
    private final Image image;
    private final Progress progress;
    private final Source source;
    private final Bands bands;
    private final EngineBands engineBands;
    private final Answers answers;
    private final EngineWeights weights;
    private final GuardTrips trips;
    private final Ports ports;

    private Engine(final EngineParts parts) {
        this.parts = parts;
        network = parts.network;
        context = parts.context;
        state = parts.state;
        observer = parts.observer;
        image = parts.image;
        progress = parts.progress;
        source = parts.source;
        bands = parts.bands;
        try {
            engineBands = new EngineBands(network, state, parts.cut, bands, parts.names);
            answers = new Answers(network, state, parts.answers);
            weights = new EngineWeights(network, state, image, source, parts.settings);
            trips = new GuardTrips(network, image);
            ports = new Ports(network, state, source, parts.waves);
        } catch (final RuntimeException | Error e) {
            // The threads run already.
            parts.close();
            throw e;
        }
    }

    /**
     * Allocates an image, sets the start weights, and, if the context asks for it, warms the kernels up and starts threads.
     * Arguments are checked before the kernels are warmed up.
     *
     * @param network the network to run
     * @param context how to run the network; copied
     * @return an engine at tick 0, without a frame
     * @throws IllegalArgumentException if the rule or the cut does not fit the network, if the image is too large for any
     *                                  machine, or if the arena gives memory that is on the heap, read-only, misaligned, too
     *                                  small, or confined to one thread while there are several bands
     * @throws IllegalStateException    if the thread factory gives no thread, or a thread that does not run its band
     * @throws OutOfMemoryError         if the image cannot be allocated
     */
    public static Engine open(final Network network, final Context context) {
        final ImageLayout layout = layout(network, context);
        return new Engine(new EngineParts(network, new Context(context), layout, EngineImage.NEW, null));
    }

    /**
     * Goes on with an image at rest, as if its engine had never stopped. The image is in the memory that {@link Context#arena} gives:
     * a mapped file, a copy, or the memory of an engine that was closed between two ticks. The context may have other threads, bands
     * and cuts. The image decides about the seed, the rate and learning; those of the context are ignored. Only {@link #rate} uses
     * the context's hold. An image of another lane width is laid out anew, in place.
     *
     * @param network the network whose image it is
     * @param context how to run the network; copied; with the rule, clip, guard and history of the image
     * @throws IllegalArgumentException as {@link #open} does; if the context has no arena; or if the memory holds no image at rest that
     *                                  fits: the message names the field of the image, and the memory is as it was
     * @throws IllegalStateException    as {@link #open} does. The image is at rest or closed, and complete
     */
    static Engine attach(final Network network, final Context context) {
        final ImageLayout layout = layout(network, context);
        if (context.arena == null) {
            throw new IllegalArgumentException("no Context.arena: expected an arena that gives the memory of an image");
        }
        return new Engine(new EngineParts(network, new Context(context), layout, EngineImage.ATTACHED, null));
    }

    /**
     * Goes on from a checkpoint, as if its engine had never stopped: every later result has the bits that it would have had, with any
     * number of threads and any cut, on any machine. The checkpoint decides about the seed, the rate, learning and whether a guard trip
     * waits to be thrown; those of the context are ignored. Only {@link #rate} uses the context's hold. A frame that was given and not
     * committed before the checkpoint is lost: give the frame again.
     *
     * @param network    the network of the checkpoint
     * @param context    how to run the network; copied; with the rule, clip, guard and history of the checkpoint
     * @param checkpoint filled by {@link #checkpoint} or read from a file; copied
     * @return an engine between two ticks
     * @throws IllegalArgumentException as {@link #open} does; or if the checkpoint was never filled, or is of another network, rule, clip,
     *                                  guard or history: the message names the field of the image. Nothing was changed
     * @throws IllegalStateException    as {@link #open} does
     * @throws OutOfMemoryError         if the image cannot be allocated
     */
    public static Engine resume(final Network network, final Context context, final Checkpoint checkpoint) {
        final ImageLayout layout = layout(network, context);
        Objects.requireNonNull(checkpoint, "checkpoint");
        return new Engine(new EngineParts(network, new Context(context), layout, EngineImage.RESUMED, checkpoint.copy.image()));
    }

    /**
     * Copies all state into a checkpoint, between two ticks. First waits, as {@link #await()} does. Throws no
     * {@link GuardTripException}: a trip that waits is copied and waits in the copy, too. Takes as long as one copy of the image, and
     * allocates nothing.
     *
     * @param to made for this network and a context with this rule and history; filled; added sections stay
     * @throws IllegalArgumentException if the checkpoint is not as large as the image
     * @throws BandFailedException      if a band has failed
     * @throws BandStalledException     as {@link #advance} does
     */
    public void checkpoint(final Checkpoint to) {
        state.expectOpen();
        Objects.requireNonNull(to, "to");
        state.finish();
        observer.beginCheckpoint();
        to.copy.take(image.segment());
        observer.endCheckpoint(source.committed(), image.segment().byteSize());
    }

    /**
     * The size of the image that {@link #open} would allocate: one segment, aligned to {@link #IMAGE_ALIGNMENT_BYTES}.
     *
     * @param network the network to run
     * @param context how to run the network
     * @return bytes
     * @throws IllegalArgumentException if the rule does not fit the network, or if the image is too large for any machine
     */
    public static long imageBytes(final Network network, final Context context) {
        return layout(network, context).imageBytes();
    }

    private static ImageLayout layout(final Network network, final Context context) {
        Objects.requireNonNull(network, "network");
        Objects.requireNonNull(context, "context");
        return new ImageLayout(network.geometry(context.rule.on(network.wiring()), context.history));
    }

    /**
     * Guesses how many threads make a tick shortest. The answer is one if the tick is short: a hand-shake then costs more time than
     * another thread saves. The guess is rough. It uses the network, the context's {@link Context#cacheBytes} and the number of
     * processors, and assumes that all processors are idle. It ignores the context's threads, bands and cut.
     *
     * @param network the network to run
     * @param context how to run the network
     * @return from 1 to the number of processors or of layers, whichever is smaller
     * @throws IllegalArgumentException as {@link #imageBytes} does
     */
    public static int suggestedThreads(final Network network, final Context context) {
        return Cut.best(layout(network, context).geometry(), Runtime.getRuntime().availableProcessors(), context.cacheBytes).bands();
    }

    /**
     * Gives the next frame: the parts of all inputs, one after the other. The next tick or commit takes this frame. If the source
     * gives another frame before that, the other frame replaces this frame, and the target of this frame is dropped. Never waits.
     *
     * @param frame as many numbers as all inputs are wide, at most 2^30 in magnitude; copied
     * @return this
     * @throws IllegalArgumentException if the array has another length, or if a number is not good. The engine then has no new
     *                                  frame: a frame that was given before this call is dropped too
     * @throws IllegalStateException    if the engine is not {@link #ready()}, which can happen only after {@link #commit()} or
     *                                  a {@link BandStalledException}
     */
    public Engine input(final float[] frame) {
        state.expectOpen();
        Objects.requireNonNull(frame, "frame");
        source.newFrame().give(source.committed(), frame);
        return this;
    }

    /**
     * Gives the next frame from a segment of little-endian float32, as {@link #input(float[])} does.
     *
     * @param segment     the memory that holds the frame; copied
     * @param offsetBytes offset of the frame's first number
     * @return this
     * @throws IndexOutOfBoundsException if the segment ends within the frame; the engine then drops a frame that was given before, too
     */
    public Engine input(final MemorySegment segment, final long offsetBytes) {
        state.expectOpen();
        Objects.requireNonNull(segment, "segment");
        source.newFrame().give(source.committed(), segment, offsetBytes);
        return this;
    }

    /**
     * Gives the next frame from an Agrona buffer of little-endian float32, as {@link #input(float[])} does.
     *
     * @param buffer     the memory that holds the frame; copied
     * @param indexBytes index of the frame's first number
     * @return this
     * @throws IndexOutOfBoundsException if the buffer ends within the frame; the engine then drops a frame that was given before, too
     */
    public Engine input(final DirectBuffer buffer, final int indexBytes) {
        state.expectOpen();
        Objects.requireNonNull(buffer, "buffer");
        source.newFrame().give(source.committed(), buffer, indexBytes);
        return this;
    }

    /**
     * Gives the next frame without a copy. Write every number of the frame into the segment, as little-endian float32. The next
     * tick or commit inspects and takes the frame. Numbers that are not written keep an old value.
     *
     * @return a segment as large as the frame. Do not write to the segment after the tick or commit that takes the frame
     * @throws IllegalStateException as {@link #input(float[])} does, or if there are several inputs: see {@link Input#frameInPlace}
     */
    public MemorySegment inputInPlace() {
        return ports.inputs.get(network.onlyInput()).frameInPlace();
    }

    /**
     * Gives the target of the new frame: those of all outputs, one after the other. If the source gives another target before a
     * tick or commit takes the frame, the other target replaces this target. If a frame has no target, the output layer has no
     * error for this frame.
     *
     * @param target as many numbers as all outputs are wide, at most 2^30 in magnitude; copied
     * @return this
     * @throws IllegalArgumentException if the array has another length, or if a number is not good. The engine then drops the
     *                                  new frame, and any target of that frame
     * @throws IllegalStateException    if there is no new frame
     */
    public Engine target(final float[] target) {
        state.expectOpen();
        Objects.requireNonNull(target, "target");
        source.newTarget().give(source.committed(), target);
        return this;
    }

    /**
     * Gives the target of the new frame from a segment of little-endian float32, as {@link #target(float[])} does.
     *
     * @param segment     the memory that holds the target; copied
     * @param offsetBytes offset of the target's first number
     * @return this
     * @throws IndexOutOfBoundsException if the segment ends within the target; drops the new frame as well
     */
    public Engine target(final MemorySegment segment, final long offsetBytes) {
        state.expectOpen();
        Objects.requireNonNull(segment, "segment");
        source.newTarget().give(source.committed(), segment, offsetBytes);
        return this;
    }

    /**
     * Gives the target of the new frame from an Agrona buffer of little-endian float32, as {@link #target(float[])} does.
     *
     * @param buffer     the memory that holds the target; copied
     * @param indexBytes index of the target's first number
     * @return this
     * @throws IndexOutOfBoundsException if the buffer ends within the target; drops the new frame as well
     */
    public Engine target(final DirectBuffer buffer, final int indexBytes) {
        state.expectOpen();
        Objects.requireNonNull(buffer, "buffer");
        source.newTarget().give(source.committed(), buffer, indexBytes);
        return this;
    }

    /**
     * Gives the target of the new frame without a copy, as {@link #inputInPlace()} does for the frame.
     *
     * @return a segment as large as the target. Do not write to the segment after the tick or commit that takes the target
     * @throws IllegalStateException if there is no new frame, or if there are several outputs: see {@link Output#targetInPlace}
     */
    public MemorySegment targetInPlace() {
        network.onlyOutput();
        return ports.outputs.getFirst().targetInPlace();
    }

    /** {@return the inputs of the network, in the order of its layers; the same list every time} */
    public List<Input> inputs() {
        state.expectOpen();
        return ports.inputs;
    }

    /**
     * An input.
     *
     * @param name of the layer
     * @return the same object every time
     * @throws IllegalArgumentException if no input has that name
     */
    public Input input(final String name) {
        state.expectOpen();
        return ports.input(name);
    }

    /** {@return the outputs of the network, in the order of its layers; the same list every time} */
    public List<Output> outputs() {
        state.expectOpen();
        return ports.outputs;
    }

    /**
     * An output.
     *
     * @param name of the layer
     * @return the same object every time
     * @throws IllegalArgumentException if no output has that name
     */
    public Output output(final String name) {
        state.expectOpen();
        return ports.output(name);
    }

    /** Does one tick: {@code advance(1)}. Throws the exceptions of {@link #advance}. */
    public void tick() {
        advance(1);
    }

    /**
     * Takes the new frame and its target. If there is no new frame, holds the present frame and target. Then does the ticks in
     * all bands, and returns when every layer has completed these ticks. The bands do not wait for the source between the ticks.
     *
     * @param ticks at least 1
     * @throws IllegalArgumentException if ticks is below 1; or if a number that was given in place is not good. In the second
     *                                  case the message names the number, the engine drops frame and target, and does no tick
     * @throws IllegalStateException    if there has been no frame since the start or since a {@link #reset()}; or if an agent
     *                                  on this thread runs a band
     * @throws BandFailedException      if a band fails
     * @throws BandStalledException     if a band takes longer than {@link Context#stallLimitNs}. Nothing is lost:
     *                                  {@link #await()} waits again for the committed ticks. The stall may come before this call
     *                                  commits its ticks; it has committed them if {@link #ticks()} is larger than before
     * @throws GuardTripException       if the guard refused a vector and the context says {@link Guard#STOP}; all ticks are done
     */
    public void advance(final long ticks) {
        state.expectOpen();
        expectTicks("advance", ticks);
        bands.expectNoAgentHere();
        state.finish();
        commitTicks(ticks);
        await();
    }

    /** Commits one tick: {@code commit(1)}. Throws the exceptions of {@link #commit(long)}. */
    public void commit() {
        commit(1);
    }

    /**
     * Takes the new frame and its target. If there is no new frame, holds the present frame and target. Then hands the ticks to
     * the bands and returns at once. This method is for embedders whose agents run the bands. The source may call this method
     * while the bands are still in the last tick that was committed before. Then the bands do not wait for a frame. Changes by
     * {@link #rate}, {@link #learning}, {@link #reset}, {@link #setWeights(int, float[], float[])} and {@link #setBiases} take
     * effect in the first of these ticks, in every layer. This method throws no {@link GuardTripException}: {@link #await()}
     * throws that exception, and {@link #guardTrips()} returns the number of refused vectors.
     *
     * @param ticks at least 1
     * @throws IllegalArgumentException as {@link #advance} does; nothing is committed
     * @throws IllegalStateException    if the engine is not {@link #ready()}; or if there has been no frame since the start or
     *                                  since a {@link #reset()}
     * @throws BandFailedException      if a band has failed
     */
    public void commit(final long ticks) {
        state.expectOpen();
        expectTicks("commit", ticks);
        commitTicks(ticks);
    }

    private void commitTicks(final long ticks) {
        source.commit(ticks);
        observer.committed(source);
    }

    private static void expectTicks(final String call, final long ticks) {
        if (ticks < 1) {
            throw new IllegalArgumentException(call + "(" + ticks + "): expected at least 1 tick");
        }
    }

    /**
     * Whether the source may give and commit a frame now. The source may do so when every band has completed all committed ticks,
     * except perhaps the last one. Always true after {@link #tick()} and {@link #advance}.
     *
     * @return false while a band has more than one committed tick to do
     */
    public boolean ready() {
        state.expectOpen();
        return source.ready();
    }

    /**
     * Waits until every committed tick is completed. During the wait the calling thread runs the bands that no other thread runs.
     *
     * @throws IllegalStateException if an agent on this thread has not completed a committed tick
     * @throws BandFailedException   as {@link #advance} does
     * @throws BandStalledException  as {@link #advance} does
     * @throws GuardTripException    as {@link #advance} does
     */
    public void await() {
        state.expectOpen();
        state.finish();
        if (progress.tripped() && context.guard == Guard.STOP) {
            throw observer.thrown(trips.take());
        }
    }

    /**
     * The output after the newest completed tick, in place: its activation as little-endian float32. See
     * {@link #completed()}. The next tick keeps this output; the tick after that overwrites this output. With {@link #commit()},
     * the bands may overwrite this output as soon as two more ticks are committed. {@link Waves#activation} copies an output, and
     * returns false if the output was overwritten before the copy was complete.
     *
     * @return a read-only segment as large as the output
     * @throws IllegalStateException if there are several outputs: see {@link Output#answer}
     */
    public MemorySegment output() {
        network.onlyOutput();
        return ports.answer(0);
    }

    /**
     * The number of the frame that {@link #output()} answers. Frames are counted from 1, in the order in which they were taken.
     *
     * @return 0 if no frame has reached the output yet, or if the guard refused the output or an activation from which the output
     *         was made
     * @throws IllegalStateException if there are several outputs: see {@link Output#answeredFrame}
     */
    public long answeredFrame() {
        return ports.answeredFrame(network.onlyOutput());
    }

    /**
     * Answers a frame at once, with the present weights: one forward pass through all layers, on this thread. The answer has the
     * bits that the output would have if the frame went through the network without learning. The call changes nothing: no wave,
     * weight or counter, and not the frame that waits for the next tick. No frame needs to wait.
     *
     * <p>First waits, as {@link #await()} does, so the weights are those after the last committed tick. Throws no
     * {@link GuardTripException}, and counts no guard trip.
     *
     * @param frame as many numbers as all inputs are wide, one input after the other, at most 2^30 in magnitude; read before the wait
     * @param to    as many numbers as all outputs are wide; filled, one output after the other
     * @return false if the guard refused an activation of a layer; then {@code to} is unchanged
     * @throws IllegalArgumentException if an array has another length, or if a number of the frame is not good
     * @throws IllegalStateException    if an agent on this thread has not completed a committed tick, or if the network may have
     *                                  cycles
     * @throws BandFailedException      if a band has failed
     * @throws BandStalledException     as {@link #advance} does
     */
    public boolean answer(final float[] frame, final float[] to) {
        return answers.answer(frame, to);
    }

    /**
     * Answers a frame at once, from and to segments of little-endian float32, as {@link #answer(float[], float[])} does.
     *
     * @param frame            the memory that holds the frame
     * @param frameOffsetBytes offset of the frame's first number
     * @param to               the memory for the answer; may overlap the frame
     * @param toOffsetBytes    offset of the answer's first number
     * @return false if the guard refused an activation of a layer; then {@code to} is unchanged
     * @throws IllegalArgumentException  if a number of the frame is not good, or if {@code to} is read-only
     * @throws IndexOutOfBoundsException if a segment ends within the frame or the answer
     */
    public boolean answer(
        final MemorySegment frame, final long frameOffsetBytes, final MemorySegment to, final long toOffsetBytes) {
        return answers.answer(frame, frameOffsetBytes, to, toOffsetBytes);
    }

    /**
     * Answers a frame at once, from and to Agrona buffers of little-endian float32, as {@link #answer(float[], float[])} does.
     *
     * @param frame           the memory that holds the frame
     * @param frameIndexBytes index of the frame's first number
     * @param to              the memory for the answer; not expanded; may overlap the frame
     * @param toIndexBytes    index of the answer's first number
     * @return false if the guard refused an activation of a layer; then {@code to} is unchanged
     * @throws IllegalArgumentException  if a number of the frame is not good
     * @throws IndexOutOfBoundsException if a buffer ends within the frame or the answer
     */
    public boolean answer(
        final DirectBuffer frame, final int frameIndexBytes, final MutableDirectBuffer to, final int toIndexBytes) {
        return answers.answer(frame, frameIndexBytes, to, toIndexBytes);
    }

    /** {@return how many frames were taken so far} This is also the number of the newest frame. */
    public long frames() {
        state.expectOpen();
        return source.frame();
    }

    /** {@return how many ticks were committed so far} This is also the number of the next tick. */
    public long ticks() {
        state.expectOpen();
        return source.committed();
    }

    /**
     * How many ticks every layer has completed. After {@link #tick()} and {@link #advance} every committed tick is completed. Any
     * thread may call this method. After the call the thread may read the vectors of these ticks in {@link #waves()}.
     *
     * @return from 0 to {@link #ticks()}
     */
    public long completed() {
        state.expectOpen();
        return source.completed();
    }

    /** {@return the bands, from the input up, with their layers and the times measured so far; a new list} */
    public List<Band> bands() {
        state.expectOpen();
        return engineBands.list();
    }

    /**
     * Returns the agent of a band. From now on only threads that call this agent run the band. The source's thread no longer runs
     * the band. If the engine has a single band, this agent does the whole tick. The first call for a band waits as
     * {@link #await()} does.
     *
     * @param band from 0
     * @return the agent of the band; the same object every time
     * @throws IllegalArgumentException if there is no such band
     * @throws IllegalStateException    if one of the engine's own threads runs the band
     */
    public WaveAgent agent(final int band) {
        state.expectOpen();
        return engineBands.agent(band, this);
    }

    /**
     * Whether {@link #open} found all kernels compiled. If so, even the first tick is fast and allocates nothing. If the JVM does
     * not count the bytes that a thread allocates, {@link #open} estimates the return value from the compilation time.
     *
     * @return false if {@link Context#warmUp} was not set, if the warm-up did not complete, or if this JVM only interprets
     */
    public boolean warm() {
        state.expectOpen();
        return parts.warm;
    }

    /**
     * The rings: ring buffers that keep the newest activations and errors of each layer. Any thread may read the rings, also after
     * a band has failed.
     *
     * @return the same object every time
     */
    public Waves waves() {
        state.expectNotClosed();
        return parts.waves;
    }

    /**
     * Whether the last tick is unfinished, because a band has failed. Then some layers may have learnt in that tick and others
     * not, and one layer may have changed only a part of its weights. All numbers that {@link #weights(int, float[])} and
     * {@link #biases} give are finite.
     *
     * @return true after a {@link BandFailedException}
     */
    public boolean unfinished() {
        state.expectNotClosed();
        return state.hasFailed();
    }

    /**
     * Sets the learning rate of a frame, from the next commit on. Each tick learns with this rate divided by
     * {@link Context#hold}.
     *
     * @param rate from 0 to 1024
     * @throws IllegalArgumentException if the rate is outside that range
     */
    public void rate(final float rate) {
        state.expectOpen();
        context.rate(rate);
        parts.settings.rate(rate / context.hold);
    }

    /**
     * Turns learning on or off, from the next commit on. While learning is off, the engine computes no errors, and no layer sends
     * an echo down.
     *
     * @param learn whether to learn
     */
    public void learning(final boolean learn) {
        state.expectOpen();
        parts.settings.learning(learn, source.committed());
    }

    /**
     * Zeroes the activations, errors and echoes of all layers, and forgets the frame and its target. Call this method before
     * another recording or another camera begins. Weights, settings and counters stay. First waits, as {@link #await()} does.
     */
    public void reset() {
        state.expectOpen();
        state.finish();
        source.reset();
        image.clearWaves(source.committed());
        parts.settings.restart(source.committed());
    }

    /**
     * Reads the weights of a projection, one row for each neuron of its upper layer. First waits, as {@link #await()} does. After a
     * band has failed, this method waits instead until all bands have stopped. Then the weights may be those of an unfinished tick:
     * see {@link #unfinished()}.
     *
     * @param projection from 1 to {@link Network#projections()}; in a chain the number of the upper layer
     * @param to         as many rows as the upper layer is wide, of as many numbers as the lower layer is wide, row by row; filled
     * @throws IllegalArgumentException if there is no such projection, or if the array has another length
     * @throws IllegalStateException    if a band has failed and another band does not stop within half a second
     */
    public void weights(final int projection, final float[] to) {
        weights.read(projection, to);
    }

    /**
     * Reads the weights of a projection into one neuron, as {@link #weights(int, float[])} does.
     *
     * @param projection from 1 to {@link Network#projections()}; in a chain the number of the upper layer
     * @param row        the neuron of the upper layer, from 0
     * @param to         as many numbers as the lower layer is wide; filled
     * @throws IllegalArgumentException if there is no such projection or neuron, or if the array has another length
     */
    public void weights(final int projection, final int row, final float[] to) {
        weights.readRow(projection, row, to);
    }

    /**
     * Copies the weights of a projection into one neuron to memory, as little-endian float32 without padding, as
     * {@link #weights(int, float[])} does. So a whole network can be copied, saved or sent without an array.
     *
     * @param projection  from 1 to {@link Network#projections()}; in a chain the number of the upper layer
     * @param row         the neuron of the upper layer, from 0
     * @param to          receives as many numbers as the lower layer is wide; a heap segment of floats or bytes also works
     * @param offsetBytes offset of the first number; no multiple of anything
     * @throws IllegalArgumentException  if there is no such projection or neuron, or if the segment is read-only
     * @throws IndexOutOfBoundsException if the segment ends within the row; the segment is unchanged
     */
    public void weights(final int projection, final int row, final MemorySegment to, final long offsetBytes) {
        weights.readRow(projection, row, to, offsetBytes);
    }

    /**
     * Reads a layer's biases, as {@link #weights(int, float[])} reads weights.
     *
     * @param layer the number of a layer that is no input
     * @param to    width(layer) numbers; filled
     * @throws IllegalArgumentException if there is no such layer, or if the array has another length
     */
    public void biases(final int layer, final float[] to) {
        weights.readBiases(layer, to);
    }

    /**
     * Copies a layer's biases to memory, as little-endian float32, as {@link #biases(int, float[])} does.
     *
     * @param layer       the number of a layer that is no input
     * @param to          receives width(layer) numbers
     * @param offsetBytes offset of the first number; no multiple of anything
     * @throws IllegalArgumentException  if there is no such layer, or if the segment is read-only
     * @throws IndexOutOfBoundsException if the segment ends within the biases; the segment is unchanged
     */
    public void biases(final int layer, final MemorySegment to, final long offsetBytes) {
        weights.readBiases(layer, to, offsetBytes);
    }

    /**
     * Sets the weights of a projection and the biases of its upper layer, from the next commit on. First waits, as {@link #await()} does.
     * After this call no layer learns until a new frame has gone up to the output and its error has come back.
     *
     * @param projection from 1 to {@link Network#projections()}; in a chain the number of the upper layer
     * @param weights    as many rows as the upper layer is wide, of as many numbers as the lower layer is wide, row by row; copied
     * @param biases     as many numbers as the upper layer is wide; copied
     * @throws IllegalArgumentException if there is no such projection, if an array has another length, or if a number is not good;
     *                                  then nothing is set
     */
    public void setWeights(final int projection, final float[] weights, final float[] biases) {
        this.weights.set(projection, weights, biases);
    }

    /**
     * Sets the weights of a projection into one neuron, as {@link #setWeights(int, float[], float[])} does, so that a projection can be
     * loaded row by row.
     *
     * @param projection from 1 to {@link Network#projections()}; in a chain the number of the upper layer
     * @param row        the neuron of the upper layer, from 0
     * @param weights    as many numbers as the lower layer is wide; copied
     * @throws IllegalArgumentException if there is no such projection or neuron, if the array has another length, or if a number is
     *                                  not good; then nothing is set
     */
    public void setWeights(final int projection, final int row, final float[] weights) {
        this.weights.setRow(projection, row, weights);
    }

    /**
     * Sets the weights of a projection into one neuron from memory, as {@link #setWeights(int, float[], float[])} does: for example from a
     * mapped file, without an array.
     *
     * @param projection  from 1 to {@link Network#projections()}; in a chain the number of the upper layer
     * @param row         the neuron of the upper layer, from 0
     * @param weights     as many little-endian float32 as the lower layer is wide, without padding; copied. Leave them unchanged until this
     *                    call returns
     * @param offsetBytes offset of the first number; no multiple of anything
     * @throws IllegalArgumentException  if there is no such projection or neuron, or if a number is not good; then nothing is set
     * @throws IndexOutOfBoundsException if the segment ends within the row; then nothing is set
     */
    public void setWeights(final int projection, final int row, final MemorySegment weights, final long offsetBytes) {
        this.weights.setRow(projection, row, weights, offsetBytes);
    }

    /**
     * Sets a layer's biases, as {@link #setWeights(int, float[], float[])} does.
     *
     * @param layer  the number of a layer that is no input
     * @param biases width(layer) numbers; copied
     * @throws IllegalArgumentException if there is no such layer, if the array has another length, or if a number is not good;
     *                                  then nothing is set
     */
    public void setBiases(final int layer, final float[] biases) {
        weights.setBiases(layer, biases);
    }

    /**
     * Sets a layer's biases from memory, as {@link #setWeights(int, float[], float[])} does.
     *
     * @param layer       the number of a layer that is no input
     * @param biases      width(layer) numbers as little-endian float32; copied. Leave them unchanged until this call returns
     * @param offsetBytes offset of the first number; no multiple of anything
     * @throws IllegalArgumentException  if there is no such layer, or if a number is not good; then nothing is set
     * @throws IndexOutOfBoundsException if the segment ends within the biases; then nothing is set
     */
    public void setBiases(final int layer, final MemorySegment biases, final long offsetBytes) {
        weights.setBiases(layer, biases, offsetBytes);
    }

    /**
     * Says that the embedder missed the deadline of a frame, for a JFR event {@code org.tickwave.LateFrame}. The engine reads no clock and
     * knows no deadline. Without a recording this call does nothing.
     *
     * @param frame    the number of the frame
     * @param budgetNs the time that the frame had, in nanoseconds
     * @param lateNs   the time from the deadline to the end of the work, in nanoseconds
     */
    public void lateFrame(final long frame, final long budgetNs, final long lateNs) {
        state.expectOpen();
        observer.lateFrame(frame, budgetNs, lateNs);
    }

    /**
     * How many vectors the guard has refused since the last {@link GuardTripException}. If there was no such exception, the count
     * begins at {@link #open}.
     *
     * @return from 0 on
     */
    public long guardTrips() {
        state.expectOpen();
        return trips.count();
    }

    /**
     * How many vectors of one layer the guard has refused, as {@link #guardTrips()} counts.
     *
     * @param layer the number of a layer that is no input
     * @return from 0 on
     * @throws IllegalArgumentException if there is no such layer
     */
    public long guardTrips(final int layer) {
        state.expectOpen();
        return trips.count(layer);
    }

    /**
     * The tick of the first vector that {@link #guardTrips(int)} counts.
     *
     * @param layer the number of a layer that is no input
     * @return from 0 on; -1 if {@link #guardTrips(int)} is 0
     * @throws IllegalArgumentException if there is no such layer
     */
    public long firstGuardTrip(final int layer) {
        state.expectOpen();
        return trips.firstTick(layer);
    }

    /** {@return the network that was given to {@link #open}} */
    public Network network() {
        return network;
    }

    /**
     * The network, the rule, the number of bands, the committed ticks, and the state. For any thread, also once the engine is
     * closed.
     */
    @Override
    public String toString() {
        return "Engine[" + network + ", " + context.rule + ", bands=" + parts.cut.bands() + ", ticks=" + source.committed() + ", "
            + state + "]";
    }

    /**
     * Stops all bands, ends the engine's own threads, and frees the image unless the arena is the embedder's. Any thread may
     * call this method, and more than once. If another thread is in {@link #tick()}, that
     * {@link #tick()} throws an {@link IllegalStateException}, or completes one last tick.
     *
     * <p>This method waits until every band has finished its present layer, for half a second at most. After this method has
     * returned, only two kinds of threads may still touch the image: a thread whose band hangs, and a thread that is giving a
     * frame, changes a setting or asks for an answer. The next call of an agent throws an {@link AgentTerminationException}, which
     * ends the agent's runner.
     *
     * @throws IllegalStateException if code outside the engine still uses the memory, such as a channel that reads into
     *                               {@link #inputInPlace()}. The engine is then closed, but the image is not freed. Call this
     *                               method again to free the image
     */
    @Override
    public void close() {
        parts.close();
    }

    /**
     * The layers that one thread runs.
     *
     * @param layers       the names of the layers, from the lowest level up
     * @param costShare    the band's share of the cost of a tick, as the cost model of the cut estimates it; 0 to 1
     * @param sampledTicks number of ticks that the band has timed: see {@link Context#sampleEvery}
     * @param workedNs     nanoseconds of work in the timed ticks, in total
     * @param waitedNs     nanoseconds of waiting before the timed ticks, in total: for adjacent bands and for the frame
     */
    public record Band(List<String> layers, double costShare, long sampledTicks, long workedNs, long waitedNs) {
    }

    /** What to do when the guard refuses a vector. */
    public enum Guard {
        /** Finish the ticks of the call, then throw a {@link GuardTripException}. */
        STOP,
        /** Count the refused vectors, and go on. */
        COUNT
    }
}
