package org.tickwave.bench.forks;

/** The user stopped the forks. */
public final class Interrupted extends Exception {
    private static final long serialVersionUID = 1L;
}
