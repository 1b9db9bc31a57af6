package org.tickwave.pipeline;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.tickwave.layout.ImageLayout;
import org.tickwave.layout.Wiring;

/**
 * The layers that one thread runs, in the order of a {@link Schedule}. A band begins tick t when the source has committed tick t
 * and the layers for which the schedule waits have completed tick t-1.
 *
 * <p>Each layer publishes its tick at once, and the schedule takes the layers at the border first. So other bands rarely wait.
 * Every order gives the same bits.
 */
public final class Band extends BandFence {
    private static final VarHandle INSIDE = inside();

    private final int number;
    private final Layer[] sweep;
    private final int[] waitsFor;
    private final Progress progress;
    private final Settings settings;
    /** The frames that this band's layers read first, and the targets of its outputs. */
    private final HeldVector[] held;
    private final int sampleEvery;

    /**
     * @param layers      all layers of the network, each at the index of its number
     * @param image       at rest: every layer has completed all committed ticks
     * @param sampleEvery the period of timed ticks; 0 for no timed ticks
     */
    public Band(
        final int number, final Cut cut, final Layer[] layers, final Image image, final Progress progress, final Source source,
        final int sampleEvery) {
        this(number, cut.sweep(number), layers, image, progress, source, sampleEvery);
    }

    Band(
        final int number, final Schedule schedule, final Layer[] layers, final Image image, final Progress progress,
        final Source source, final int sampleEvery) {
        this.number = number;
        sweep = Arrays.stream(schedule.layers()).mapToObj(l -> layers[l]).toArray(Layer[]::new);
        waitsFor = schedule.waitsFor().clone();
        this.progress = progress;
        settings = source.settings();
        this.sampleEvery = sampleEvery;
        // At rest every band has done all committed ticks, and has taken all commits.
        tick = progress.doneAcquire(schedule.last());
        end = tick;
        taken = settings.takenOpaque();
        held = held(schedule, image);
    }

    private static HeldVector[] held(final Schedule schedule, final Image image) {
        final ImageLayout layout = image.layout();
        final Wiring wiring = layout.geometry().wiring();
        final Stream<HeldVector> frames = IntStream.range(0, wiring.inputs()).filter(input -> schedule.has(wiring.holder(input)))
            .mapToObj(input -> new HeldVector("frame", image, layout.activation(input)));
        final Stream<HeldVector> targets = IntStream.of(wiring.outputs()).filter(schedule::has)
            .mapToObj(output -> new HeldVector("target", image, layout.target(output)));
        return Stream.concat(frames, targets).toArray(HeldVector[]::new);
    }

    private static VarHandle inside() {
        try {
            return MethodHandles.lookup().findVarHandle(BandState.class, "inside", Thread.class);
        } catch (final ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** The layer that completes a tick last. */
    int sweptLast() {
        return sweep[sweep.length - 1].number();
    }

    int number() {
        return number;
    }

    /** Whether the next tick may begin. */
    private boolean mayBegin() {
        if (tick == end && !takeCommit()) {
            return false;
        }
        for (final int layer : waitsFor) {
            if (progress.doneAcquire(layer) < tick) {
                return false;
            }
        }
        return true;
    }

    private boolean takeCommit() {
        if (progress.doneAcquire(Progress.SOURCE) <= tick) {
            return false;
        }
        end = settings.takeOpaque(taken, this);
        taken++;
        return true;
    }

    /** Does one tick, if the tick may begin. */
    boolean tryTick() {
        if (!mayBegin()) {
            return false;
        }
        tick();
        return true;
    }

    /** Runs all ticks before {@code last}, and waits before each until the tick may begin. */
    void run(final long last, final Wait wait) {
        while (tick < last) {
            int polls = 0;
            while (!mayBegin()) {
                polls = wait.pause(polls);
            }
            wait.done(polls);
            tick();
        }
    }

    private void tick() {
        final long t = tick;
        final boolean sampled = sampleEvery > 0 && t % sampleEvery == 0;
        final long fromNs = sampled ? begin() : 0;
        if (t + 1 < end) {
            hold(t + 1);
        }
        for (final Layer layer : sweep) {
            progress.expectRunning();
            tick(layer, t);
        }
        tick = t + 1;
        if (sampleEvery > 0) {
            sample(sampled, fromNs);
        }
    }

    private long begin() {
        progress.observer().beginTick(number);
        return System.nanoTime();
    }

    /** Copies the held vectors into the slots of tick t, a tick ahead. The source writes the slots of a commit's first tick. */
    private void hold(final long t) {
        for (final HeldVector vector : held) {
            vector.copy(t);
        }
    }

    private void tick(final Layer layer, final long t) {
        try {
            if (!layer.tick(t, this)) {
                trip(layer.number(), t);
            }
            progress.doneRelease(layer.number(), t + 1);
        } catch (final Throwable e) {
            throw failed(layer.number(), e);
        }
    }

    private void trip(final int layer, final long t) {
        progress.trip();
        progress.observer().tripped(number, layer, t);
    }

    private void sample(final boolean sampled, final long fromNs) {
        if (sampled) {
            final long worked = System.nanoTime() - fromNs;
            final long waited = sinceNs == 0 ? 0 : fromNs - sinceNs;
            workedNs += worked;
            waitedNs += waited;
            sampledTicks++;
            progress.observer().endTick(number, tick - 1, worked, waited);
        }
        sinceNs = tick % sampleEvery == 0 ? System.nanoTime() : 0;
    }

    /** Tells all threads that this band cannot go on. */
    Stopped failed(final int layer, final Throwable cause) {
        if (cause instanceof final Stopped stopped) {
            return stopped;
        }
        progress.fail(new Progress.Failure(number, layer, tick, cause));
        return Stopped.STOPPED;
    }

    /**
     * Marks the calling thread as inside the band. From here on the thread uses the image.
     *
     * @throws IllegalStateException if a thread is in the band already; that thread goes on undisturbed
     */
    void enter() {
        final Thread noThread = null;
        final Thread other = (Thread) INSIDE.compareAndExchange((BandState) this, noThread, Thread.currentThread());
        if (other != null) {
            progress.expectRunning();
            throw new IllegalStateException(occupied(other));
        }
        // Both accesses are volatile. If a closing thread set the stop word and then found the band empty, we see the word here.
        if (!progress.running()) {
            inside = null;
            throw Stopped.STOPPED;
        }
    }

    private String occupied(final Thread other) {
        final Thread me = Thread.currentThread();
        final String inside = other == me ? "the same thread" : "thread \"" + other.getName() + "\"";
        return "band " + number + ": thread \"" + me.getName() + "\" entered while " + inside
            + " was inside: expected one thread at a time";
    }

    /** Called by the thread that entered. */
    void leave() {
        INSIDE.setRelease(this, null);
    }
}
