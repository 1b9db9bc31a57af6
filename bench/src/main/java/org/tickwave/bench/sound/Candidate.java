package org.tickwave.bench.sound;

/** A file with the name of a recording, and what is known about the file so far. */
final class Candidate {
    /** Relative to the searched directory. */
    final String path;
    String label;
    int sampleRate;
    /** The reason why the file is bad, as a line for the user; null while no reason is known. */
    String fault;

    /** @param fault null if no fault is known yet */
    Candidate(final String path, final String fault) {
        this.path = path;
        this.fault = fault;
    }

    boolean good() {
        return fault == null;
    }
}
