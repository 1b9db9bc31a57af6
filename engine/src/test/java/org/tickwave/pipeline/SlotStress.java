package org.tickwave.pipeline;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;
import org.tickwave.layout.HeaderDescriptor;
import org.tickwave.layout.ImageState;

/** An observer, who takes part in no hand-shake, with the real {@link Slot} and {@link Image}. */
public final class SlotStress {
    private static final int FLOATS = 16;
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT;
    private static final int NONE = -1;

    private SlotStress() {
    }

    /** A slot of tick 1, whose numbers are all 1. The writer then writes tick 2, whose numbers are all 2. */
    @State
    public static class OneSlot {
        final MemorySegment image = MemorySegment.ofArray(new long[(int) Slot.vector(0) / Long.BYTES + FLOATS / 2]);

        public OneSlot() {
            write(1);
        }

        final void write(final int tick) {
            Slot.open(image, 0);
            for (int i = 0; i < FLOATS; i++) {
                image.set(FLOAT, Slot.vector(0) + (long) i * Float.BYTES, tick);
            }
            Slot.frameOpaque(image, 0, tick);
            Slot.sealRelease(image, 0, tick);
        }

        /**
         * The observer's result for {@code tick}: the value of all numbers, 0 if they differ, or NONE if the slot holds another
         * tick.
         */
        final int read(final int tick) {
            if (Slot.tickAcquire(image, 0) != tick) {
                return NONE;
            }
            final int first = (int) image.get(FLOAT, Slot.vector(0));
            int seen = first;
            for (int i = 1; i < FLOATS; i++) {
                if (image.get(FLOAT, Slot.vector(0) + (long) i * Float.BYTES) != first) {
                    seen = 0;
                }
            }
            if (Slot.frameOpaque(image, 0) != first) {
                seen = 0;
            }
            return Slot.tickAgainOpaque(image, 0) == tick ? seen : NONE;
        }
    }

    /** Overwrite and read: an observer gets a whole vector of the wanted tick, or learns that there is none. */
    @JCStressTest
    @Outcome(id = "1, -1, 2", expect = ACCEPTABLE, desc = "read before the overwrite")
    @Outcome(id = "-1, 2, 2", expect = ACCEPTABLE, desc = "read after the overwrite")
    @Outcome(id = "-1, -1, 2", expect = ACCEPTABLE_INTERESTING, desc = "read during the overwrite: neither tick was there")
    @Outcome(id = "1, 2, 2", expect = ACCEPTABLE_INTERESTING, desc = "overwritten between the two reads")
    @Outcome(expect = FORBIDDEN, desc = "a torn vector, or one of another tick")
    public static class OverwriteAndRead {
        @Actor
        public void writer(final OneSlot slot) {
            slot.write(2);
        }

        @Actor
        public void observer(final OneSlot slot, final III_Result result) {
            result.r1 = slot.read(1);
            result.r2 = slot.read(2);
        }

        @Arbiter
        public void after(final OneSlot slot, final III_Result result) {
            result.r3 = slot.read(2);
        }
    }

    /** Open and look: an observer that finds MAGIC finds a header that is complete, and an image at rest. */
    @JCStressTest
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "no MAGIC yet")
    @Outcome(id = "1, 1", expect = ACCEPTABLE_INTERESTING, desc = "complete")
    @Outcome(expect = FORBIDDEN, desc = "MAGIC in an image that is not complete")
    public static class OpenAndLook {
        private static final long DIGEST = 7;

        @Actor
        public void opener(final Unopened one) {
            one.image.completeRelease(DIGEST);
        }

        @Actor
        public void observer(final Unopened one, final II_Result result) {
            final MemorySegment segment = one.image.segment();
            if (Slot.longAcquire(segment, HeaderDescriptor.MAGIC_OFFSET) == HeaderDescriptor.MAGIC) {
                result.r1 = 1;
                result.r2 = segment.get(ValueLayout.JAVA_LONG, HeaderDescriptor.DIGEST_OFFSET) == DIGEST
                    && StateWords.stateAcquire(segment) == ImageState.AT_REST ? 1 : 0;
            }
        }
    }

    @State
    public static class Unopened extends StressNet {
    }
}
