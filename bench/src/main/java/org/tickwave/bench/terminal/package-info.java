/** What a run shows while it runs. */
package org.tickwave.bench.terminal;
