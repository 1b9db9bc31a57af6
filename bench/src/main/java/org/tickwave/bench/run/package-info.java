/**
 * A run: a {@link org.tickwave.bench.run.Session} takes frames from a feed, gives them to an engine on a frame clock, and
 * scores its answers, with {@link org.tickwave.bench.run.Backprop} on the same pairs beside it where that is asked for.
 */
package org.tickwave.bench.run;
