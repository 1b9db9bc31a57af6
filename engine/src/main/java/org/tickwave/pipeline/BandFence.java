package org.tickwave.pipeline;

/**
 * Two cache lines after the fields that a band's thread writes. In a file of its own, because javadoc looks for {@link Band}'s
 * superclass by file name.
 */
abstract class BandFence extends BandState {
    private long q00, q01, q02, q03, q04, q05, q06, q07, q08, q09, q10, q11, q12, q13, q14, q15;
}
