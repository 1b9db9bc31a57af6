package org.tickwave.pipeline;

import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.tickwave.layout.ImageLayout;
import org.tickwave.layout.Wiring;

/**
 * The side of the engine that commits ticks. A commit writes the frame and the target of its first tick, and says what the
 * layers learn. The source waits like a band: it may write the slots of tick s when every band has completed tick s-2, while
 * tick s-1 runs. For one thread at a time.
 */
public final class Source {
    private final Progress progress;
    private final int[] sweptLast;
    private final Intakes frames;
    private final Intakes targets;
    private final Settings settings;
    /** What the source's counter says. On the heap, because any thread may ask for it, also after the image was freed. */
    private long committed;
    /** Whether STATE of the image is TICKING. */
    private boolean ticking;

    /**
     * @param image     at rest
     * @param sweptLast the layer of each band that completes a tick last
     * @param settings  the settings that the source's thread changes
     * @param names     gives the name of a layer, for error messages
     */
    public Source(
        final Image image, final Progress progress, final int[] sweptLast, final Settings settings, final IntFunction<String> names) {
        final ImageLayout layout = image.layout();
        final Wiring wiring = layout.geometry().wiring();
        this.progress = progress;
        this.sweptLast = sweptLast.clone();
        this.settings = settings;
        committed = progress.doneAcquire(Progress.SOURCE);
        frames = new Intakes("frame", image, IntStream.range(0, wiring.inputs()).toArray(), layout::activation, names, this::forget);
        targets = new Intakes("target", image, wiring.outputs(), layout::target, names, this::forget);
    }

    Settings settings() {
        return settings;
    }

    /** How many ticks are committed; the number of the next tick. */
    public long committed() {
        return committed;
    }

    /** The number of the newest frame, from 1. */
    public long frame() {
        return settings.frameOpaque();
    }

    /** How many ticks every band has completed. For any thread. */
    public long completed() {
        long least = Long.MAX_VALUE;
        for (final int layer : sweptLast) {
            least = Math.min(least, progress.doneAcquire(layer));
        }
        return least;
    }

    /** Whether the slots of the next tick may be written. */
    public boolean ready() {
        return completed() >= committed - 1;
    }

    /** The intakes of the next frame. Drops targets that were given before. */
    public Intakes newFrame() {
        expectReady();
        targets.forget();
        return frames;
    }

    /**
     * The intakes of the next frame, of which the caller gives one. If that one was given before, another frame begins: all vectors
     * that were given before are dropped.
     */
    public Intakes newFrame(final int input) {
        expectReady();
        if (frames.given(input) || !frames.anyGiven()) {
            forget();
        }
        return frames;
    }

    /** The intakes of the next frame's targets. */
    public Intakes newTarget() {
        if (!frames.anyGiven()) {
            throw new IllegalStateException("a target without a new frame: expected the frame first");
        }
        return targets;
    }

    /** Drops the frames and the targets that were given. */
    void forget() {
        frames.forget();
        targets.forget();
    }

    /** Drops the held frame too. */
    public void reset() {
        forget();
        settings.heldOpaque(false);
    }

    private void expectReady() {
        if (!ready()) {
            throw new IllegalStateException("a frame for tick " + committed + ", while a layer has not completed tick "
                + (committed - 2) + ": expected ready() to be true");
        }
    }

    /**
     * Commits ticks with the frame that was given, or with the held frame if there is no new one.
     *
     * @throws IllegalArgumentException if a number that was given in place is not good; then nothing is committed, and frame
     *                                  and target are dropped
     * @throws IllegalStateException    if there is no frame, if an input lacks its part of the frame, or if the slots may not be
     *                                  written yet
     */
    public void commit(final long ticks) {
        expectReady();
        if (frames.anyGiven()) {
            inspect();
            final long frame = settings.frameOpaque() + 1;
            frames.commit(committed, frame);
            targets.commit(committed, frame);
            settings.frameOpaque(frame);
            settings.heldOpaque(true);
        } else if (settings.heldOpaque()) {
            frames.hold(committed);
            targets.hold(committed);
        } else {
            throw new IllegalStateException("tick " + committed + " without a frame: expected a frame first");
        }
        committed += Math.min(ticks, Long.MAX_VALUE - committed);
        settings.commitOpaque(committed);
        if (!ticking) {
            ticking = true;
            progress.states().tickingRelease();
        }
        progress.doneRelease(Progress.SOURCE, committed);
    }

    /** Notes in the image that every committed tick is completed. Called when the source has seen that. */
    public void rest() {
        if (ticking) {
            ticking = false;
            progress.states().atRestRelease();
        }
    }

    private void inspect() {
        final String missing = frames.missing();
        if (missing != null) {
            throw new IllegalStateException("tick " + committed + " without a " + missing + ": expected a frame for every input");
        }
        frames.inspectGiven(committed);
        targets.inspectGiven(committed);
    }
}
