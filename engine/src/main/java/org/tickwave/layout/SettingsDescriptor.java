package org.tickwave.layout;

/**
 * The settings: a line for the source, then a line for each of two commits. A commit is some ticks with one frame, and what they
 * learn. The commits take turns, so the source may write one of them while a band has not yet read the other. Commits count
 * from 0.
 */
public final class SettingsDescriptor {
    public static final int STRIDE_BYTES = SlotDescriptor.LINE_BYTES;
    /** The source's line and two commits. */
    public static final int LINES = 3;

    /** How many commits there were; the number of the next commit. A long. */
    public static final int TAKEN_OFFSET = 0;
    /** The number of the newest frame, from 1; 0 before the first frame. A long. */
    public static final int FRAME_OFFSET = 8;
    /** The tick in which learning was last turned off. A long. */
    public static final int OFF_SINCE_OFFSET = 16;
    /** What the next commit gets, as {@link #COMMIT_ORIGIN_OFFSET}. */
    public static final int ORIGIN_OFFSET = 24;
    /** What the next commit gets, as {@link #COMMIT_ON_SINCE_OFFSET}. */
    public static final int ON_SINCE_OFFSET = 32;
    /** What the next commit gets, as {@link #COMMIT_MINUS_RATE_OFFSET}. */
    public static final int MINUS_RATE_OFFSET = 40;
    /** What the next commit gets, as {@link #COMMIT_LEARNING_OFFSET}. */
    public static final int LEARNING_OFFSET = 44;
    /** 1 if there is a frame that a commit without a new frame holds, else 0. An int. */
    public static final int HELD_OFFSET = 48;

    /** The tick after the commit's last tick. A long. */
    public static final int COMMIT_END_OFFSET = 0;
    /** t0: the tick of the first frame, of the last reset or of the last change of weights. A long. */
    public static final int COMMIT_ORIGIN_OFFSET = 8;
    /** t1: the tick in which learning was last turned on. A long. */
    public static final int COMMIT_ON_SINCE_OFFSET = 16;
    /** -rate / K, the negative rate of one tick. A float32. */
    public static final int COMMIT_MINUS_RATE_OFFSET = 24;
    /** 1 if the ticks learn, else 0. An int. */
    public static final int COMMIT_LEARNING_OFFSET = 28;

    private SettingsDescriptor() {
    }

    /** The line of a commit, in the region. */
    public static long commit(final long number) {
        return STRIDE_BYTES * (1 + (number & 1));
    }
}
