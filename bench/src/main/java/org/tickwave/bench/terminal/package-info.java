/** The output of a run to the terminal while the run goes on. */
package org.tickwave.bench.terminal;
