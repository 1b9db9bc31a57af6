/** How good answers are: pairs that wait for theirs, and what they are worth, in bounded memory. */
package org.tickwave.bench.score;
