package org.tickwave.pipeline;

/**
 * Commits ticks: writes the frame and the target of the first one, says whether they are held, and what is learnt. It counts
 * as a band: it may write those of tick s when every band has completed tick s-2, while tick s-1 runs. For one thread.
 */
public final class Source {
    private final Progress progress;
    private final int[] sweptLast;
    private final Intake frames;
    private final Intake targets;
    private final HeldVector heldFrame;
    private final HeldVector heldTarget;
    private final Learning learning;
    private final Commit even = new Commit();
    private final Commit odd = new Commit();
    private long taken;
    private long committed;
    private long frame;
    private boolean present;

    /**
     * @param sweptLast of each band the layer that completes a tick last
     * @param learning  what is learnt, as the source's thread changes it
     */
    public Source(final Image image, final Progress progress, final int[] sweptLast, final Learning learning) {
        final int layers = image.layout().geometry().layers();
        this.progress = progress;
        this.sweptLast = sweptLast.clone();
        this.learning = learning;
        frames = new Intake("frame", image, image.layout().activation(0), image.layout().geometry().width(0));
        targets = new Intake("target", image, image.layout().target(), image.layout().geometry().width(layers));
        heldFrame = new HeldVector("frame", image, image.layout().activation(0));
        heldTarget = new HeldVector("target", image, image.layout().target());
    }

    /** What the first commit is written to, the third, and so on; for bands, who do not look into the source otherwise. */
    Commit even() {
        return even;
    }

    /** The same for the second. */
    Commit odd() {
        return odd;
    }

    /** Ticks committed; the number of the next one. */
    public long committed() {
        return committed;
    }

    /** The number of the newest frame, from 1. */
    public long frame() {
        return frame;
    }

    /** Ticks that every band has completed; for any thread. */
    public long completed() {
        long least = Long.MAX_VALUE;
        for (final int layer : sweptLast) {
            least = Math.min(least, progress.doneAcquire(layer));
        }
        return least;
    }

    /** Whether the next tick's slots may be written. */
    public boolean ready() {
        return completed() >= committed - 1;
    }

    /** Where the next frame goes in; a target that was given before is forgotten. */
    public Intake newFrame() {
        expectReady();
        targets.forget();
        return frames;
    }

    /** Where its target goes in. */
    public Intake newTarget() {
        if (!frames.given()) {
            throw new IllegalStateException("a target without a new frame: give the frame first");
        }
        return targets;
    }

    /** Takes back what was given. */
    public void forget() {
        frames.forget();
        targets.forget();
    }

    /** No frame is held any more. */
    public void reset() {
        forget();
        present = false;
    }

    private void expectReady() {
        if (!ready()) {
            throw new IllegalStateException("tick " + (committed - 2) + " is not completed in every layer: a frame can be given "
                + "for tick " + committed + " when it is; ready() says so");
        }
    }

    /**
     * Commits the frame that waits, or the one that is there, for so many ticks.
     *
     * @throws IllegalArgumentException if what was given in place is not good; then nothing is committed, and it is forgotten
     * @throws IllegalStateException    if there is no frame, or the slots may not be written yet
     */
    public void commit(final long ticks) {
        expectReady();
        if (frames.given()) {
            inspect();
            frames.commit(committed, ++frame);
            targets.commit(committed, frame);
            present = true;
        } else if (present) {
            heldFrame.copy(committed);
            heldTarget.copy(committed);
        } else {
            throw new IllegalStateException("no frame yet: give one before tick " + committed);
        }
        final Commit commit = (taken++ & 1) == 0 ? even : odd;
        commit.copy(learning);
        committed += Math.min(ticks, Long.MAX_VALUE - committed);
        commit.end = committed;
        progress.doneRelease(Progress.SOURCE, committed);
    }

    private void inspect() {
        try {
            frames.inspectGiven(committed);
            targets.inspectGiven(committed);
        } catch (final IllegalArgumentException e) {
            forget();
            throw e;
        }
    }
}
