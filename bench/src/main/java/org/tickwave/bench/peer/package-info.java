/** Other ways to learn, to compare the ticks with: as algorithms, and as a user of a library would write a training step. */
package org.tickwave.bench.peer;
