package org.tickwave.bench.setup;

/**
 * Checkpoints of a run.
 *
 * @param file      where the newest one is kept
 * @param frames    frames between two checkpoints; 0 if the clock says when
 * @param ns        time between two checkpoints; 0 if the frames say when
 * @param resume    whether the run goes on from the newest checkpoint, if there is one
 */
public record KeepOptions(String file, long frames, long ns, boolean resume) {
}
