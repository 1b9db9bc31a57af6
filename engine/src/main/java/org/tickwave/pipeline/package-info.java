/**
 * Who runs, and when: a {@link org.tickwave.pipeline.Layer} does one layer's tick, a {@link org.tickwave.pipeline.Band}
 * the ticks of consecutive layers, the {@link org.tickwave.pipeline.Intake} gives them frames and targets, and all of
 * their state is in the {@link org.tickwave.pipeline.Image}.
 */
package org.tickwave.pipeline;
