package org.tickwave.pipeline;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;

/** The hand-shake between the bands and the source, with the real {@link Progress}, {@link Source} and {@link Settings}. */
public final class HandshakeStress {
    private static final int NONE = StressNet.NONE;
    /** Enough polls that the other actor may get there, but too few to wait for it. */
    private static final int POLLS = 100;

    private HandshakeStress() {
    }

    /** Two layers, each in a band of its own. */
    @State
    public static class Neighbours extends StressNet {
        final long echo = LAYOUT.echo(2).slot(1);
        /** The vector of tick 0, all zeros. */
        final long activation = Slot.vector(LAYOUT.activation(1).slot(0));
    }

    /** One tick is committed; all its numbers are 1. */
    @State
    public static class OneCommit extends StressNet {
        public OneCommit() {
            super(1);
        }
    }

    /** Publish and read: a thread that sees that a layer is done sees everything that the layer wrote before. */
    @JCStressTest
    @Outcome(id = "0, -1", expect = ACCEPTABLE, desc = "not done yet")
    @Outcome(id = "1, 8", expect = ACCEPTABLE_INTERESTING, desc = "done, and so the vector is there")
    @Outcome(expect = FORBIDDEN, desc = "done, but no vector, or a torn one")
    public static class PublishAndRead {
        @Actor
        public void writer(final Neighbours net) {
            net.write(net.echo, 8);
            net.progress.doneRelease(2, 1);
        }

        @Actor
        public void reader(final Neighbours net, final II_Result result) {
            result.r1 = (int) net.progress.doneAcquire(2);
            result.r2 = result.r1 == 0 ? NONE : net.read(net.echo);
        }
    }

    /** Overwrite and read between neighbours: the counter of the band above says that a slot may be overwritten. */
    @JCStressTest
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "the reader was not done, so nothing was overwritten")
    @Outcome(id = "1, 0", expect = ACCEPTABLE_INTERESTING, desc = "overwritten after the read")
    @Outcome(expect = FORBIDDEN, desc = "overwritten during the read")
    public static class OverwriteAndReadBetweenNeighbours {
        @Actor
        public void below(final Neighbours net, final II_Result result) {
            if (net.progress.doneAcquire(2) == 1) {
                net.write(net.activation, 9);
                result.r1 = 1;
            }
        }

        @Actor
        public void above(final Neighbours net, final II_Result result) {
            result.r2 = net.read(net.activation);
            net.progress.doneRelease(2, 1);
        }
    }

    /**
     * Write-ahead input: while tick 0 runs, the source commits tick 1. When tick 0 is done, the source commits tick 2 into the
     * slots and the Commit of tick 0.
     */
    @JCStressTest
    @Outcome(id = "1, -1, 2", expect = ACCEPTABLE, desc = "the band polled before tick 1 was committed")
    @Outcome(id = "1, 2, 2", expect = ACCEPTABLE_INTERESTING, desc = "tick 1 was committed while tick 0 ran")
    @Outcome(id = "1, -1, 3", expect = ACCEPTABLE, desc = "the band polled before tick 1 was committed; tick 2 was committed later")
    @Outcome(id = "1, 2, 3", expect = ACCEPTABLE_INTERESTING, desc = "tick 2 was committed into the slots of tick 0")
    @Outcome(expect = FORBIDDEN, desc = "a frame, target or setting of another tick, or torn")
    public static class WriteAheadInput {
        @Actor
        public void source(final OneCommit net, final III_Result result) {
            net.commit(2);
            for (int i = 0; i < POLLS && !net.source.ready(); i++) {
                Thread.onSpinWait();
            }
            if (net.source.ready()) {
                net.commit(3);
            }
            result.r3 = (int) net.source.committed();
        }

        @Actor
        public void band(final OneCommit net, final III_Result result) {
            result.r1 = net.taken(0);
            for (int i = 0; i < POLLS && net.progress.doneAcquire(Progress.SOURCE) == 1; i++) {
                Thread.onSpinWait();
            }
            final boolean there = net.progress.doneAcquire(Progress.SOURCE) > 1;
            result.r2 = there ? net.taken(1) : NONE;
            net.progress.doneRelease(2, 1);
        }
    }

    /**
     * Weights between ticks: a thread that waited for a tick reads the weights of that tick, and the next tick uses the weights
     * that the thread sets.
     */
    @JCStressTest
    @Outcome(id = "-1, -1", expect = ACCEPTABLE, desc = "the tick was not done, so nothing was read or set")
    @Outcome(id = "1, -1", expect = ACCEPTABLE, desc = "read and set; the next tick had not begun")
    @Outcome(id = "1, 2", expect = ACCEPTABLE_INTERESTING, desc = "read, set, and used in the next tick")
    @Outcome(expect = FORBIDDEN, desc = "weights of another time, or torn")
    public static class WeightsBetweenTicks {
        @Actor
        public void source(final OneCommit net, final II_Result result) {
            result.r1 = NONE;
            if (net.source.completed() == 1) {
                result.r1 = net.read(StressNet.LAYOUT.bias(2));
                net.write(StressNet.LAYOUT.bias(2), 2);
                net.commit(2);
            }
        }

        @Actor
        public void band(final OneCommit net, final II_Result result) {
            net.write(StressNet.LAYOUT.bias(2), 1);
            net.progress.doneRelease(2, 1);
            for (int i = 0; i < POLLS && net.progress.doneAcquire(Progress.SOURCE) == 1; i++) {
                Thread.onSpinWait();
            }
            result.r2 = net.progress.doneAcquire(Progress.SOURCE) > 1 ? net.read(StressNet.LAYOUT.bias(2)) : NONE;
        }
    }
}
