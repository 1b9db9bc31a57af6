package org.tickwave.bench.compare;

/** The user stopped the comparison. */
final class Interrupted extends Exception {
    private static final long serialVersionUID = 1L;
}
