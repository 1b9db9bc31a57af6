package org.tickwave.bench.report;

/**
 * The checkpoints of a run.
 *
 * @param file         of the newest one
 * @param framesBefore frames that were fed before the run went on; 0 for a run from the start
 * @param ticksBefore  ticks before the run went on
 * @param written      checkpoints that were written
 * @param skipped      checkpoints that were left out, because the one before was still being written
 * @param pauseNs      the longest time that the session stood still for a checkpoint
 * @param copyNs       the part of this time in which the images were copied
 * @param failure      why the last one could not be written; null if it was written
 */
public record Checkpoints(
    String file, long framesBefore, long ticksBefore, long written, long skipped, long pauseNs, long copyNs, String failure) {
}
