/** Prequential scores of a network's answers, in bounded memory. */
package org.tickwave.bench.score;
