package org.tickwave;

/**
 * What a writer tells the observers of its image, besides what the image says. NaN stands for a number that is not known.
 *
 * @param budgetNs    the time that a tick may take, in nanoseconds
 * @param scheduledNs the time between two scheduled starts, of ticks or of frames, in nanoseconds; NaN if nothing is scheduled
 * @param framesRead  frames read from the source of frames so far
 * @param lateFrames  how many frames, or ticks if each tick is scheduled, ended after their time so far
 * @param lossLately  the mean loss of the newest frames, as the embedder measures loss
 * @param loss        the mean loss of all frames so far
 * @param tickNs      how long a tick takes, in nanoseconds, as the embedder measures it: for example the median of the newest ticks
 */
public record ImageNumbers(double budgetNs, double scheduledNs, long framesRead, long lateFrames, double lossLately, double loss, double tickNs) {
    /** Nothing is known yet. */
    public static final ImageNumbers UNKNOWN = new ImageNumbers(Double.NaN, Double.NaN, 0, 0, Double.NaN, Double.NaN, Double.NaN);
}
