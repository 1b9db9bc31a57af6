package org.tickwave.bench.suite;

import java.util.List;

/**
 * How long each fork measures, and how many rounds there are.
 *
 * @param rounds      forks of each benchmark
 * @param warmups     iterations that do not count
 * @param warmupMs    time of each of them
 * @param iterations  iterations that count
 * @param iterationMs time of each of them
 * @param startMs     what a fork takes beside its iterations: two starts of a JVM, and the checks of the answer
 * @param limitMs     no round begins that would end later than this after the start; 0 for no limit
 */
record Pace(int rounds, int warmups, int warmupMs, int iterations, int iterationMs, int startMs, int limitMs) {
    /** The expected time of so many forks. */
    long estimateMs(final int forks) {
        return (long) forks * (startMs + (long) warmups * warmupMs + (long) iterations * iterationMs);
    }

    /** JMH's arguments. Times are in nanoseconds, and the garbage collector's profiler counts allocated bytes. */
    List<String> arguments(final String mode) {
        return List.of("-bm", mode, "-tu", "ns", "-wi", Integer.toString(warmups), "-w", warmupMs + "ms", "-i", Integer.toString(iterations),
            "-r", iterationMs + "ms", "-prof", "gc", "-foe", "true", "-to", "60s", "-f", "1");
    }
}
