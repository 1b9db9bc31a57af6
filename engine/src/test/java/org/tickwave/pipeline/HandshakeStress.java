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

/** What the bands and the source hand to each other: {@link Progress}, {@link Source} and {@link Commit} as they are. */
public final class HandshakeStress {
    private static final int NONE = StressNet.NONE;
    /** Some looks, so that the other actor gets to it; not so many that it would be waited for. */
    private static final int LOOKS = 100;

    private HandshakeStress() {
    }

    /** Two layers, each in a band of its own. */
    @State
    public static class Neighbours extends StressNet {
        final long echo = LAYOUT.echo(2).slot(1);
        /** Of tick 0: zeros. */
        final long activation = Slot.vector(LAYOUT.activation(1).slot(0));
    }

    /** One tick is committed, whose numbers are all 1. */
    @State
    public static class OneCommit extends StressNet {
        public OneCommit() {
            super(1);
        }
    }

    /** Publish and read: what a layer has written before it was done is there for whoever sees that it is. */
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

    /** Overwrite and read between neighbours: the count of the band above says that a slot may be overwritten. */
    @JCStressTest
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "the reader is not done: nothing was overwritten")
    @Outcome(id = "1, 0", expect = ACCEPTABLE_INTERESTING, desc = "overwritten when it had been read")
    @Outcome(expect = FORBIDDEN, desc = "overwritten while it was read")
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
     * Write-ahead input: while tick 0 runs the source commits tick 1, and when that is done tick 2, for which it takes the slots
     * and the Commit of tick 0 again.
     */
    @JCStressTest
    @Outcome(id = "1, -1, 2", expect = ACCEPTABLE, desc = "tick 1 came after the look")
    @Outcome(id = "1, 2, 2", expect = ACCEPTABLE_INTERESTING, desc = "tick 1 was committed while tick 0 ran")
    @Outcome(id = "1, -1, 3", expect = ACCEPTABLE, desc = "both came after the look")
    @Outcome(id = "1, 2, 3", expect = ACCEPTABLE_INTERESTING, desc = "tick 2 was committed into what tick 0 has used")
    @Outcome(expect = FORBIDDEN, desc = "a frame, target or setting of another tick, or torn")
    public static class WriteAheadInput {
        @Actor
        public void source(final OneCommit net, final III_Result result) {
            net.commit(2);
            for (int i = 0; i < LOOKS && !net.source.ready(); i++) {
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
            final boolean there = net.progress.doneAcquire(Progress.SOURCE) > 1;
            result.r2 = there ? net.taken(1) : NONE;
            net.progress.doneRelease(2, 1);
        }
    }

    /** Weights between ticks: who waited for a tick reads what it taught, and what he sets is there for the next one. */
    @JCStressTest
    @Outcome(id = "-1, -1", expect = ACCEPTABLE, desc = "the tick was not done: nothing was read or set")
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
            for (int i = 0; i < LOOKS && net.progress.doneAcquire(Progress.SOURCE) == 1; i++) {
                Thread.onSpinWait();
            }
            result.r2 = net.progress.doneAcquire(Progress.SOURCE) > 1 ? net.read(StressNet.LAYOUT.bias(2)) : NONE;
        }
    }
}
