/**
 * Runs the layers of a network. A {@link org.tickwave.pipeline.Layer} does one layer's tick. A
 * {@link org.tickwave.pipeline.Band} does the ticks of the consecutive layers that a {@link org.tickwave.pipeline.Cut} gives to
 * one thread. A {@link org.tickwave.pipeline.Source} commits ticks, and {@link org.tickwave.pipeline.Progress}, the hand-shake,
 * says when a band may begin one. {@link org.tickwave.pipeline.Bands} knows which thread runs which band. All state of the
 * network is in the {@link org.tickwave.pipeline.Image}.
 */
package org.tickwave.pipeline;
