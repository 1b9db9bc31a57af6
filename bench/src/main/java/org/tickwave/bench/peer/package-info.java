/** Other ways to learn, to compare the ticks with. */
package org.tickwave.bench.peer;
