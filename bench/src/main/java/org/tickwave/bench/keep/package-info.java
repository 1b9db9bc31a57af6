/** The state of a run, written to a checkpoint and read from it. */
package org.tickwave.bench.keep;
