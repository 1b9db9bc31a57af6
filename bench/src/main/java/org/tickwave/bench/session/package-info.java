/**
 * One run over a stream. A {@link org.tickwave.bench.session.Session} takes frames from a feed, gives them to an engine on a frame
 * clock, and scores the answers. {@link org.tickwave.bench.session.Backprop} can learn from the same pairs for comparison.
 */
package org.tickwave.bench.session;
