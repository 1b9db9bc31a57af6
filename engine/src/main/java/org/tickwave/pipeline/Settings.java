package org.tickwave.pipeline;

import java.lang.foreign.MemorySegment;
import org.tickwave.layout.SettingsDescriptor;

/**
 * The settings in the image: what the next commit teaches, the two commits that take turns, and what the source remembers from
 * commit to commit. One thread at a time, the source, calls the methods. Bands call only {@link #takeOpaque}. All accesses are
 * opaque: the source's counter orders a commit for the bands.
 */
public final class Settings {
    private final MemorySegment image;
    private final long region;

    public Settings(final Image image) {
        this.image = image.segment();
        region = image.layout().settings();
    }

    /** Sets what a new image begins with. */
    public void start(final float perTick, final boolean learn) {
        rate(perTick);
        learningOpaque(learn);
    }

    /** @param perTick rate / K */
    public void rate(final float perTick) {
        Slot.floatOpaque(image, region + SettingsDescriptor.MINUS_RATE_OFFSET, -perTick);
    }

    /**
     * Turns learning on or off. If no tick runs between off and on, the echoes are still current.
     *
     * @param tick the next tick
     */
    public void learning(final boolean learn, final long tick) {
        final boolean on = Slot.intOpaque(image, region + SettingsDescriptor.LEARNING_OFFSET) != 0;
        if (learn && !on && tick > Slot.longOpaque(image, region + SettingsDescriptor.OFF_SINCE_OFFSET)) {
            Slot.longOpaque(image, region + SettingsDescriptor.ON_SINCE_OFFSET, tick);
        }
        if (!learn && on) {
            Slot.longOpaque(image, region + SettingsDescriptor.OFF_SINCE_OFFSET, tick);
        }
        learningOpaque(learn);
    }

    private void learningOpaque(final boolean learn) {
        Slot.intOpaque(image, region + SettingsDescriptor.LEARNING_OFFSET, learn ? 1 : 0);
    }

    /** The present waves belong to other weights or another recording: no layer learns until new waves have met. */
    public void restart(final long tick) {
        Slot.longOpaque(image, region + SettingsDescriptor.ORIGIN_OFFSET, tick);
    }

    /** How many commits there were. */
    long takenOpaque() {
        return Slot.longOpaque(image, region + SettingsDescriptor.TAKEN_OFFSET);
    }

    /** The number of the newest frame, from 1. */
    long frameOpaque() {
        return Slot.longOpaque(image, region + SettingsDescriptor.FRAME_OFFSET);
    }

    void frameOpaque(final long number) {
        Slot.longOpaque(image, region + SettingsDescriptor.FRAME_OFFSET, number);
    }

    /** Whether a commit without a new frame may hold the frame of the commit before. */
    boolean heldOpaque() {
        return Slot.intOpaque(image, region + SettingsDescriptor.HELD_OFFSET) != 0;
    }

    void heldOpaque(final boolean held) {
        Slot.intOpaque(image, region + SettingsDescriptor.HELD_OFFSET, held ? 1 : 0);
    }

    /**
     * Writes the next commit, into the line of the commit before the last. Every band has taken that commit: the source writes when
     * every band has completed all ticks but the last.
     *
     * @param end the tick after its last tick
     */
    void commitOpaque(final long end) {
        final long number = takenOpaque();
        final long commit = region + SettingsDescriptor.commit(number);
        Slot.longOpaque(image, commit + SettingsDescriptor.COMMIT_END_OFFSET, end);
        Slot.longOpaque(image, commit + SettingsDescriptor.COMMIT_ORIGIN_OFFSET,
            Slot.longOpaque(image, region + SettingsDescriptor.ORIGIN_OFFSET));
        Slot.longOpaque(image, commit + SettingsDescriptor.COMMIT_ON_SINCE_OFFSET,
            Slot.longOpaque(image, region + SettingsDescriptor.ON_SINCE_OFFSET));
        Slot.intOpaque(image, commit + SettingsDescriptor.COMMIT_MINUS_RATE_OFFSET,
            Slot.intOpaque(image, region + SettingsDescriptor.MINUS_RATE_OFFSET));
        Slot.intOpaque(image, commit + SettingsDescriptor.COMMIT_LEARNING_OFFSET,
            Slot.intOpaque(image, region + SettingsDescriptor.LEARNING_OFFSET));
        Slot.longOpaque(image, region + SettingsDescriptor.TAKEN_OFFSET, number + 1);
    }

    /**
     * Copies a commit, for a band that has seen the source's counter.
     *
     * @param number from 0
     * @return the tick after the commit's last tick
     */
    long takeOpaque(final long number, final Learning into) {
        final long commit = region + SettingsDescriptor.commit(number);
        into.origin = Slot.longOpaque(image, commit + SettingsDescriptor.COMMIT_ORIGIN_OFFSET);
        into.onSince = Slot.longOpaque(image, commit + SettingsDescriptor.COMMIT_ON_SINCE_OFFSET);
        into.minusRate = Slot.floatOpaque(image, commit + SettingsDescriptor.COMMIT_MINUS_RATE_OFFSET);
        into.on = Slot.intOpaque(image, commit + SettingsDescriptor.COMMIT_LEARNING_OFFSET) != 0;
        return Slot.longOpaque(image, commit + SettingsDescriptor.COMMIT_END_OFFSET);
    }
}
