package org.tickwave.pipeline;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import org.tickwave.layout.ImageLayout;

/**
 * The consecutive layers that one thread runs. A band begins tick t when the source has committed tick t and the adjacent
 * layers have completed tick t-1. Then everything that the band reads is there, and everything that it overwrites has been
 * read.
 *
 * <p>Each layer publishes its tick at once, and the band sweeps its border layers first. So the adjacent bands rarely wait.
 * Every order gives the same bits.
 */
public final class Band extends BandFence {
    private static final VarHandle INSIDE = inside();

    private final int number;
    private final Layer[] sweep;
    private final int[] waitsFor;
    private final Progress progress;
    private final Settings settings;
    private final HeldVector heldFrame;
    private final HeldVector heldTarget;
    private final int sampleEvery;

    /**
     * @param layers      all layers of the network, each at the index of its number
     * @param image       at rest: every layer has completed all committed ticks
     * @param sampleEvery the period of timed ticks; 0 for no timed ticks
     */
    public Band(
        final int number, final Cut cut, final Layer[] layers, final Image image, final Progress progress, final Source source,
        final int sampleEvery) {
        this(number, cut.sweep(number), cut.neighbours(number), layers, image, progress, source, sampleEvery);
    }

    /** For tests: a band that sweeps its layers in any order, and waits for any layers. */
    Band(
        final int number, final int[] order, final int[] waitsFor, final Layer[] layers, final Image image,
        final Progress progress, final Source source, final int sampleEvery) {
        this.number = number;
        sweep = Arrays.stream(order).mapToObj(l -> layers[l]).toArray(Layer[]::new);
        this.waitsFor = waitsFor.clone();
        this.progress = progress;
        settings = source.settings();
        this.sampleEvery = sampleEvery;
        // At rest every band has done all committed ticks, and has taken all commits.
        tick = progress.doneAcquire(order[order.length - 1]);
        end = tick;
        taken = settings.takenOpaque();
        final ImageLayout layout = image.layout();
        final int top = layout.geometry().layers();
        heldFrame = has(order, 1) ? new HeldVector("frame", image, layout.activation(0)) : null;
        heldTarget = has(order, top) ? new HeldVector("target", image, layout.target()) : null;
    }

    private static VarHandle inside() {
        try {
            return MethodHandles.lookup().findVarHandle(BandState.class, "inside", Thread.class);
        } catch (final ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private static boolean has(final int[] order, final int layer) {
        return Arrays.stream(order).anyMatch(l -> l == layer);
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
        final long fromNs = sampled ? System.nanoTime() : 0;
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

    /** Copies the held vectors into the slots of tick t, a tick ahead. The source writes the slots of a commit's first tick. */
    private void hold(final long t) {
        if (heldFrame != null) {
            heldFrame.copy(t);
        }
        if (heldTarget != null) {
            heldTarget.copy(t);
        }
    }

    private void tick(final Layer layer, final long t) {
        try {
            if (!layer.tick(t, this)) {
                progress.trip();
            }
            progress.doneRelease(layer.number(), t + 1);
        } catch (final Throwable e) {
            throw failed(layer.number(), e);
        }
    }

    private void sample(final boolean sampled, final long fromNs) {
        if (sampled) {
            final long now = System.nanoTime();
            workedNs += now - fromNs;
            waitedNs += sinceNs == 0 ? 0 : fromNs - sinceNs;
            sampledTicks++;
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
