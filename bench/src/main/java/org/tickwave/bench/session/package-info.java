/**
 * One run over a stream: a {@link org.tickwave.bench.session.Session} takes frames from a feed, gives them to an engine on a frame clock,
 * and scores the answers; {@link org.tickwave.bench.session.Backprop} learns from the same pairs beside it on request.
 */
package org.tickwave.bench.session;
