package org.tickwave.bench.sound;

/** A file that is called a recording, as far as it has been looked at. */
final class Candidate {
    /** From the directory. */
    final String path;
    String label;
    int sampleRate;
    /** Why it cannot be used, as a line for the user; null if it can be, as far as is known. */
    String fault;

    /** @param fault null for none yet */
    Candidate(final String path, final String fault) {
        this.path = path;
        this.fault = fault;
    }

    boolean good() {
        return fault == null;
    }
}
