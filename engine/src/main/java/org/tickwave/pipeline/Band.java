package org.tickwave.pipeline;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import org.tickwave.layout.ImageLayout;

/**
 * The consecutive layers that one thread owns. It begins tick t when the source has committed it and the layers next to it, in
 * other bands, have completed tick t-1: then what it reads is there, and what it overwrites has been read.
 *
 * <p>Each layer's tick is published as soon as it is done, and the layers at the border are swept first: so the bands next to
 * it have long been waited for when they come to their own border. Any order would give the same bits.
 */
public final class Band extends BandFence {
    private static final VarHandle INSIDE = inside();

    private final int number;
    private final Layer[] sweep;
    private final int[] waitsFor;
    private final Progress progress;
    private final Commit even;
    private final Commit odd;
    private final HeldVector heldFrame;
    private final HeldVector heldTarget;
    private final int sampleEvery;

    /**
     * @param layers      of the whole network, each at its number
     * @param sampleEvery in which ticks to take the time; 0 for none
     */
    public Band(
        final int number, final Cut cut, final Layer[] layers, final Image image, final Progress progress, final Source source,
        final int sampleEvery) {
        this(number, cut.sweep(number), cut.neighbours(number), layers, image, progress, source, sampleEvery);
    }

    /** With any order, and waiting for whichever layers it is told. */
    Band(
        final int number, final int[] order, final int[] waitsFor, final Layer[] layers, final Image image,
        final Progress progress, final Source source, final int sampleEvery) {
        this.number = number;
        sweep = Arrays.stream(order).mapToObj(l -> layers[l]).toArray(Layer[]::new);
        this.waitsFor = waitsFor.clone();
        this.progress = progress;
        even = source.even();
        odd = source.odd();
        this.sampleEvery = sampleEvery;
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
        taken++;
        end = commit().end;
        return true;
    }

    /** The one taken last. It is not kept: a reference that is stored marks a card, and those of all bands lie in one line. */
    private Commit commit() {
        return (taken & 1) == 1 ? even : odd;
    }

    /** A tick, if it may begin. */
    boolean tryTick() {
        if (!mayBegin()) {
            return false;
        }
        tick();
        return true;
    }

    /** Ticks until {@code last}, waiting for each to be allowed to begin. */
    void run(final long last, final Wait wait) {
        while (tick < last) {
            int looks = 0;
            while (!mayBegin()) {
                looks = wait.once(looks);
            }
            wait.over(looks);
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
        final Commit commit = commit();
        for (final Layer layer : sweep) {
            progress.expectGoing();
            tick(layer, t, commit);
        }
        tick = t + 1;
        if (sampleEvery > 0) {
            sample(sampled, fromNs);
        }
    }

    /** The slot of the commit's next tick is written a tick ahead: that of the tick after its last is the source's to write. */
    private void hold(final long t) {
        if (heldFrame != null) {
            heldFrame.copy(t);
        }
        if (heldTarget != null) {
            heldTarget.copy(t);
        }
    }

    private void tick(final Layer layer, final long t, final Commit commit) {
        try {
            if (!layer.tick(t, commit)) {
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

    /** Says to all that this band cannot go on. */
    Stopped failed(final int layer, final Throwable cause) {
        if (cause instanceof final Stopped stopped) {
            return stopped;
        }
        progress.fail(new Progress.Failure(number, layer, tick, cause));
        return Stopped.STOPPED;
    }

    /**
     * Shows that the calling thread is in the band, and from here on uses the image.
     *
     * @throws IllegalStateException if a thread is in the band already; that thread goes on undisturbed
     */
    void enter() {
        final Thread nobody = null;
        final Thread other = (Thread) INSIDE.compareAndExchange((BandState) this, nobody, Thread.currentThread());
        if (other != null) {
            progress.expectGoing();
            throw new IllegalStateException(occupied(other));
        }
        // Both are volatile: whoever stops all and then finds nobody inside has been seen here.
        if (!progress.goesOn()) {
            inside = null;
            throw Stopped.STOPPED;
        }
    }

    private String occupied(final Thread other) {
        final Thread me = Thread.currentThread();
        final String by = other == me ? "the same thread, \"" + me.getName() + "\"," : "thread \"" + other.getName() + "\"";
        return "band " + number + ": thread \"" + me.getName() + "\" called it while " + by
            + " was in it: expected one thread at a time";
    }

    /** For the thread that entered. */
    void leave() {
        INSIDE.setRelease(this, null);
    }
}
