/**
 * Who runs, and when: a {@link org.tickwave.pipeline.Layer} does one layer's tick, a {@link org.tickwave.pipeline.Band} those of
 * the consecutive layers that a {@link org.tickwave.pipeline.Cut} gives to one thread, as the
 * {@link org.tickwave.pipeline.Source} commits them and {@link org.tickwave.pipeline.Progress}, the hand-shake, lets them; a
 * {@link org.tickwave.pipeline.Bands} knows whose thread runs which band. All of their state is in the
 * {@link org.tickwave.pipeline.Image}.
 */
package org.tickwave.pipeline;
