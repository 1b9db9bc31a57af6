package org.tickwave.pipeline;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import org.tickwave.layout.Wiring;
import org.tickwave.layout.Geometry;
import org.tickwave.layout.ImageLayout;

/**
 * A small network's image with its source and its hand-shake. jcstress makes thousands of them, so the image lies on the heap,
 * where no code has to free it. The rule is diffusion, so every ring has two slots.
 */
class StressNet {
    /** As wide as two of the widest stores, so that a vector can be torn. */
    static final int WIDTH = 32;
    /** The result of an actor that found nothing to read. */
    static final int NONE = -1;
    /** The result of an actor that read numbers which do not belong together. No test accepts it. */
    static final int TORN = -2;
    static final ImageLayout LAYOUT = new ImageLayout(new Geometry(4, new int[] {WIDTH, WIDTH, WIDTH}, Wiring.chain(2), 0));
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT;

    final Image image = Image.create(LAYOUT, new OnTheHeap(), 1);
    final Progress progress = new Progress(image);
    final Settings settings = new Settings(image);
    final Source source = new Source(image, progress, new int[] {2}, settings, Integer::toString);

    /** The state before all ticks. */
    StressNet() {
    }

    /** The state after the commit of a tick whose numbers are all {@code first}. */
    StressNet(final int first) {
        commit(first);
    }

    /** Never closed. */
    private static final class OnTheHeap implements Arena {
        @Override
        public MemorySegment allocate(final long bytes, final long alignmentBytes) {
            return MemorySegment.ofArray(new long[Math.toIntExact(bytes / Long.BYTES)]);
        }

        @Override
        public MemorySegment.Scope scope() {
            return Arena.global().scope();
        }

        @Override
        public void close() {
            throw new UnsupportedOperationException();
        }
    }

    /** Writes a vector whose numbers are all {@code value}. */
    final void write(final long vector, final int value) {
        for (int i = 0; i < WIDTH; i++) {
            image.segment().set(FLOAT, vector + (long) i * Float.BYTES, value);
        }
    }

    /** The value of all numbers of a vector; TORN if they differ. */
    final int read(final long vector) {
        final int first = (int) image.segment().get(FLOAT, vector);
        for (int i = 1; i < WIDTH; i++) {
            if (image.segment().get(FLOAT, vector + (long) i * Float.BYTES) != first) {
                return TORN;
            }
        }
        return first;
    }

    /** Commits a tick whose frame, target and settings are all {@code value}. */
    final void commit(final int value) {
        final long t = source.committed();
        settings.rate(value);
        settings.restart(value);
        settings.learning(false, 0);
        settings.learning(true, value);
        final float[] numbers = new float[WIDTH];
        Arrays.fill(numbers, value);
        source.newFrame().give(t, numbers);
        source.newTarget().give(t, numbers);
        source.commit(1);
    }

    /** The value that frame, target and settings of tick t have in common; TORN if they have none. */
    final int taken(final long t) {
        // The settings first, as a band does: they are written last.
        final Learning learning = new Learning();
        final long end = settings.takeOpaque(t, learning);
        final int frame = read(Slot.vector(LAYOUT.activation(0).slot(t)));
        final int target = read(Slot.vector(LAYOUT.target(2).slot(t)));
        final boolean whole = learning.on && learning.origin == frame && learning.onSince == frame && -learning.minusRate == frame;
        return frame == target && whole && end == t + 1 ? frame : TORN;
    }
}
