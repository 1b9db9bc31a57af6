package org.tickwave.bench.forks;

import java.util.List;

/**
 * What one fork measured.
 *
 * @param score      JMH's score: the mean of the iterations
 * @param iterations the score of each iteration; empty if JMH does not tell
 */
public record ForkScore(double score, List<Double> iterations) {
}
