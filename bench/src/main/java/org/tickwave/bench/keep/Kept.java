package org.tickwave.bench.keep;

/** Has state that a checkpoint keeps. */
@FunctionalInterface
public interface Kept {
    /**
     * Writes all state to an archive, or takes it from an archive. One method does both, so that both have the same order. The
     * object was made for the same run.
     */
    void keep(Archive archive);
}
