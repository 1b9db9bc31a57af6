/**
 * Prepares a run. The options of the command line ({@link org.tickwave.bench.setup.RunOptions}), the defaults of the stream
 * ({@link org.tickwave.bench.setup.StreamDefaults}) and the loaded model ({@link org.tickwave.bench.setup.LoadedModel}) make a
 * plan ({@link org.tickwave.bench.setup.RunPlan}).
 */
package org.tickwave.bench.setup;
