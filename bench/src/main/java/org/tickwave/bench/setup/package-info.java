/**
 * From the command line to a session: what the user said ({@link org.tickwave.bench.setup.RunOptions}), what the stream suggests
 * ({@link org.tickwave.bench.setup.StreamDefaults}), what a loaded model requires, and the plan that follows from all three
 * ({@link org.tickwave.bench.setup.RunPlan}).
 */
package org.tickwave.bench.setup;
