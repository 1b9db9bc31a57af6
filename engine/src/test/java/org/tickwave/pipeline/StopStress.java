package org.tickwave.pipeline;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/** The stop word, which every thread polls, with the real {@link Progress} and {@link Band}. */
public final class StopStress {
    private static final int STOPPED = 1;
    private static final int FREED = 2;

    private StopStress() {
    }

    @State
    public static class OneBand extends StressNet {
        final Band band = new Band(0, new Schedule(new int[] {1, 2}, new int[0]), new Layer[3], image, progress, source, 0);
        /** Plain, like the memory of the image. */
        int freed;
        int entered;
    }

    /** Close and tick: close() waits for a thread that marked itself inside and then went on, before it frees the image. */
    @JCStressTest
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "was inside; close() saw that, and freed nothing")
    @Outcome(id = "0, 2", expect = ACCEPTABLE, desc = "was inside and left; then freed")
    @Outcome(id = "1, 0", expect = ACCEPTABLE_INTERESTING, desc = "stopped while entering; close() saw that, and freed nothing")
    @Outcome(id = "1, 2", expect = ACCEPTABLE_INTERESTING, desc = "stopped while entering; freed")
    @Outcome(expect = FORBIDDEN, desc = "inside while the image was freed")
    public static class CloseAndTick {
        @Actor
        public void band(final OneBand one, final II_Result result) {
            try {
                one.band.enter();
                result.r1 = one.freed;
                one.band.leave();
            } catch (final Stopped e) {
                result.r1 = STOPPED;
            }
        }

        @Actor
        public void closer(final OneBand one, final II_Result result) {
            one.progress.close();
            if (one.band.inside == null) {
                one.freed = FREED;
                result.r2 = FREED;
            }
        }
    }

    /** The same words without a fence between the store and the load. */
    @State
    public static class NoFence {
        private static final VarHandle INSIDE;
        private static final VarHandle WORD;

        int inside;
        int word;
        int freed;

        static {
            try {
                INSIDE = MethodHandles.lookup().findVarHandle(NoFence.class, "inside", int.class);
                WORD = MethodHandles.lookup().findVarHandle(NoFence.class, "word", int.class);
            } catch (final ReflectiveOperationException e) {
                throw new ExceptionInInitializerError(e);
            }
        }
    }

    /** Close and tick without a fence: the forbidden outcome happens, on x86 too. So the test above can see it. */
    @JCStressTest
    @Outcome(id = "0, 2", expect = ACCEPTABLE_INTERESTING, desc = "went on inside, and freed; with the fence: left first")
    @Outcome(id = {"0, 0", "1, 0", "1, 2"}, expect = ACCEPTABLE, desc = "one after the other")
    @Outcome(expect = FORBIDDEN, desc = "no other outcome")
    public static class CloseAndTickWithoutAFence {
        @Actor
        public void band(final NoFence one, final II_Result result) {
            NoFence.INSIDE.setOpaque(one, 1);
            result.r1 = (int) NoFence.WORD.getOpaque(one);
        }

        @Actor
        public void closer(final NoFence one, final II_Result result) {
            NoFence.WORD.setOpaque(one, 1);
            if ((int) NoFence.INSIDE.getOpaque(one) == 0) {
                result.r2 = FREED;
            }
        }
    }

    /** Two threads enter one band: at least one gets in, and never both at once. */
    @JCStressTest
    @Outcome(id = "1, 1, 2", expect = ACCEPTABLE, desc = "one after the other")
    @Outcome(id = {"1, 0, 1", "0, 1, 1"}, expect = ACCEPTABLE_INTERESTING, desc = "the second was refused")
    @Outcome(expect = FORBIDDEN, desc = "both were inside at once, or neither got in")
    public static class EnterTwice {
        @Actor
        public void one(final OneBand one, final III_Result result) {
            result.r1 = enter(one);
        }

        @Actor
        public void other(final OneBand one, final III_Result result) {
            result.r2 = enter(one);
        }

        @Arbiter
        public void both(final OneBand one, final III_Result result) {
            result.r3 = one.entered;
        }

        private static int enter(final OneBand one) {
            try {
                one.band.enter();
            } catch (final IllegalStateException e) {
                return 0;
            }
            one.entered++;
            one.band.leave();
            return 1;
        }
    }

    /** Fail and wait: a thread that sees that a band failed sees which band, where and when. */
    @JCStressTest
    @Outcome(id = "0", expect = ACCEPTABLE, desc = "not seen yet")
    @Outcome(id = "2", expect = ACCEPTABLE_INTERESTING, desc = "seen, with its layer")
    @Outcome(expect = FORBIDDEN, desc = "stopped without a cause")
    public static class FailAndWait {
        @Actor
        public void band(final OneBand one) {
            one.progress.fail(new Progress.Failure(1, 2, 3, Stopped.STOPPED));
        }

        @Actor
        public void waiter(final OneBand one, final I_Result result) {
            try {
                one.progress.expectRunning();
            } catch (final Stopped e) {
                final Progress.Failure failure = one.progress.failure();
                result.r1 = failure == null ? StressNet.NONE : failure.layer();
            }
        }
    }

    /** Fail and commit: a failure is never lost from the state, whatever the source stores meanwhile. */
    @JCStressTest
    @Outcome(id = "3", expect = ACCEPTABLE_INTERESTING, desc = "failed")
    @Outcome(expect = FORBIDDEN, desc = "a failure that observers do not see")
    public static class FailAndCommit {
        private static final int COMMITS = 20;

        @Actor
        public void band(final Opened one) {
            one.progress.fail(new Progress.Failure(1, 2, 3, Stopped.STOPPED));
        }

        @Actor
        public void source(final Opened one) {
            for (int i = 0; i < COMMITS; i++) {
                one.progress.states().tickingRelease();
                one.progress.states().atRestRelease();
            }
        }

        @Arbiter
        public void after(final Opened one, final I_Result result) {
            result.r1 = StateWords.stateAcquire(one.image.segment()).ordinal();
        }
    }

    @State
    public static class Opened extends StressNet {
        public Opened() {
            image.completeRelease(1);
        }
    }

    /** The guard refuses a vector, and the tick is done: the source, which waited for the tick, sees the trip. */
    @JCStressTest
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "not done yet")
    @Outcome(id = "1, 1", expect = ACCEPTABLE_INTERESTING, desc = "done, and tripped")
    @Outcome(expect = FORBIDDEN, desc = "done, but the trip was not seen")
    public static class TripAndAsk {
        @Actor
        public void band(final OneBand one) {
            one.progress.trip();
            one.progress.doneRelease(2, 1);
        }

        @Actor
        public void source(final OneBand one, final II_Result result) {
            result.r1 = (int) one.source.completed();
            result.r2 = result.r1 == 1 && one.progress.tripped() ? 1 : 0;
        }
    }
}
