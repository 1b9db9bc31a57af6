package org.tickwave.bench.watch;

import org.tickwave.ImageNumbers;

/**
 * What is seen of a network at one moment. A number that is not known is NaN, or -1 if it is a count.
 *
 * @param state          what the network does
 * @param ticks          completed ticks
 * @param frames         frames so far
 * @param ticksPerSecond over the last second or so
 * @param tickNs         median time of the newest ticks
 * @param budgetNs       time that a tick may take
 * @param late           late frames, or late ticks if the clock spreads them
 * @param lossLately     mean loss of the newest frames
 * @param lossOverall    mean loss of all frames
 * @param waves          the newest waves; null before the first tick
 */
public record Sight(
    State state, long ticks, long frames, double ticksPerSecond, double tickNs, double budgetNs, long late, double lossLately,
    double lossOverall, SeenWaves waves) {
    /** What is seen of a network whose run or writer tells numbers. */
    static Sight of(
        final State state, final long ticks, final long frames, final double ticksPerSecond, final ImageNumbers numbers, final SeenWaves waves) {
        return new Sight(state, ticks, frames, ticksPerSecond, numbers.tickNs(), numbers.budgetNs(),
            Double.isFinite(numbers.scheduledNs()) ? numbers.lateFrames() : -1, numbers.lossLately(), numbers.loss(), waves);
    }

    /** No network is seen. */
    static Sight nothing(final State state) {
        return of(state, 0, -1, Double.NaN, ImageNumbers.UNKNOWN, null);
    }

    /** The same numbers and waves in another state. */
    Sight in(final State newState) {
        return new Sight(newState, ticks, frames, ticksPerSecond, tickNs, budgetNs, late, lossLately, lossOverall, waves);
    }

    /** What a network does. */
    public enum State {
        OPENING("opening"), AT_REST("at rest"), TICKING("ticking"), FAILED("failed"), ENDED("ended"),
        /** The writer has died in the middle of ticks, or while it opened the engine. */
        UNFINISHED("unfinished"),
        /** The writer has died between two ticks. */
        DIED("died"),
        /** The image file is no longer there as it was: it was cut. */
        GONE("gone"),
        /** There is no writer; another one is awaited. */
        WAITING("waiting");

        private final String words;

        State(final String words) {
            this.words = words;
        }

        /** The name for a reader. */
        public String words() {
            return words;
        }

        /** Whether no tick will follow. */
        public boolean over() {
            return this == FAILED || this == ENDED || this == UNFINISHED || this == DIED || this == GONE;
        }
    }
}
