package org.tickwave.bench.budget;

import java.util.function.Consumer;
import org.HdrHistogram.Histogram;
import org.tickwave.Rule;
import org.tickwave.bench.budget.BudgetReport.Cell;
import org.tickwave.bench.budget.BudgetReport.Live;
import org.tickwave.bench.session.FrameClock;

/**
 * Drives a network against a real frame clock, and counts the frames that were late. In turn with it an empty loop runs against the same
 * clock: what is late there, the machine has delayed. The empty loop has as many threads, since each of them may be delayed: with several it
 * ticks a network of one neuron a thread.
 */
final class LiveDrive {
    private static final int SLICES = 10;
    private static final int FIRST_FRAMES = 20;
    private static final int DIGITS = 3;
    private static final long LONGEST_NS = 60_000_000_000L;
    private static final double TEN_THOUSAND = 10_000;

    private final BudgetOptions options;
    private final double fps;
    private final int hold;
    private final double periodNs;
    private final double turnNs;

    /** @param hold ticks for each frame */
    LiveDrive(final BudgetOptions options, final double fps, final int hold) {
        this.options = options;
        this.fps = fps;
        this.hold = hold;
        periodNs = 1e9 / fps;
        turnNs = options.spread() ? periodNs / hold : periodNs;
    }

    /** Frames of one loop. */
    static final class Count {
        long frames;
        long late;

        /** How many frames are late beyond another loop's share of late frames, for each 10,000 frames. */
        double moreInTenThousand(final Count than) {
            return TEN_THOUSAND * ((double) late / Math.max(1, frames) - (double) than.late / Math.max(1, than.frames));
        }
    }

    /** What a loop does. */
    interface Work {
        void give();

        void tick();
    }

    private record Timed(Driven driven, Histogram ns) implements Work {
        @Override
        public void give() {
            driven.give();
        }

        @Override
        public void tick() {
            final long fromNs = System.nanoTime();
            driven.tick();
            ns.recordValue(System.nanoTime() - fromNs);
        }
    }

    private static final class Nothing implements Work {
        @Override
        public void give() {
            // An empty loop has no frame.
        }

        @Override
        public void tick() {
            // It does nothing.
        }
    }

    /** Drives a network. Takes twice the time that was asked for, since the empty loop takes as long. */
    Live drive(final Cell cell, final Subject subject, final Way way, final Consumer<String> progress) {
        final Histogram ns = new Histogram(LONGEST_NS, DIGITS);
        ns.setAutoResize(true);
        final Count driven = new Count();
        final Count empty = new Count();
        final long frames = Math.max(1, Math.round(options.liveSeconds() * fps / SLICES));
        for (int slice = 0; slice < SLICES; slice++) {
            progress.accept("driving " + cell.network() + " at " + BudgetText.fps(fps) + " frames/s, part " + (slice + 1) + " of " + SLICES);
            try (Driven engine = new Driven(subject, way.rule(), cell.threads(), options.idle())) {
                // The first frames of a new engine find cold caches.
                loop(new Timed(engine, new Histogram(ns)), Math.min(frames, FIRST_FRAMES), new Count());
                loop(new Timed(engine, ns), frames, driven);
            }
            loopEmpty(cell.threads(), frames, empty);
        }
        final Times times = Times.of(ns);
        return new Live(fps, cell.network(), cell.rule(), cell.way(), hold, cell.threads(), options.idle().option(),
            options.liveSeconds(), driven.frames, driven.late, empty.frames, empty.late, driven.moreInTenThousand(empty), cell.p50Ns(),
            times.p50Ns(), times.p99Ns(), times.p9999Ns(), ns.getMaxValue());
    }

    private void loopEmpty(final int threads, final long frames, final Count count) {
        if (threads == 1) {
            loop(new Nothing(), frames, count);
            return;
        }
        try (Driven least = new Driven(Subject.chain(threads, 1), Rule.diffusion(), threads, options.idle())) {
            final Histogram notTold = new Histogram(LONGEST_NS, DIGITS);
            loop(new Timed(least, notTold), Math.min(frames, FIRST_FRAMES), new Count());
            loop(new Timed(least, notTold), frames, count);
        }
    }

    /** Runs some frames on a new clock. A frame is late if its last tick ends after the next frame's scheduled start. */
    void loop(final Work work, final long frames, final Count count) {
        final FrameClock clock = new FrameClock(turnNs, options.idle());
        clock.start();
        for (long frame = 0; frame < frames; frame++) {
            boolean late = false;
            for (int k = 0; k < hold; k++) {
                if (k == 0 || options.spread()) {
                    clock.await();
                }
                if (k == 0) {
                    work.give();
                }
                work.tick();
                if (options.spread()) {
                    late = clock.late(System.nanoTime());
                    clock.next();
                }
            }
            if (!options.spread()) {
                late = clock.late(System.nanoTime());
                clock.next();
            }
            count.frames++;
            count.late += late ? 1 : 0;
        }
    }
}
