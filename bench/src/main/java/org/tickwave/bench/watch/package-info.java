/** Shows a network while it ticks: as a page over HTTP on this machine, and in the terminal. */
package org.tickwave.bench.watch;
