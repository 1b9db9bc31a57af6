package org.tickwave.pipeline;

import java.lang.foreign.MemorySegment;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.agrona.DirectBuffer;
import org.tickwave.layout.RingDescriptor;

/**
 * The intakes of all inputs, or of all outputs. A caller gives one vector, or all vectors at once, one after the other. If one of them
 * is refused, the source drops all that was given.
 */
public final class Intakes {
    private final Intake[] intakes;
    /** All vectors together. */
    private final VectorCopy whole;
    private final HeldVector[] held;
    private final Runnable drop;
    /** How many intakes have a vector, so that a tick need not ask each of them. */
    private int given;
    /** Whether a vector was given in place, so that the commit has to inspect it. */
    private boolean inPlace;

    /**
     * @param name   the word for the vectors in error messages
     * @param layers the inputs, or the outputs
     * @param rings  gives the ring of a layer's frames or targets
     * @param names  gives the name of a layer, for error messages; not called for a single layer
     * @param drop   called when a vector is refused: drops all that was given
     */
    Intakes(
        final String name, final Image image, final int[] layers, final IntFunction<RingDescriptor> rings,
        final IntFunction<String> names, final Runnable drop) {
        this.drop = drop;
        intakes = IntStream.of(layers).mapToObj(layer -> new Intake(VectorCopy.name(name, layers, layer, names),
            image, rings.apply(layer), image.layout().geometry().width(layer))).toArray(Intake[]::new);
        whole = new VectorCopy(name, image, IntStream.of(layers).map(image.layout().geometry()::width).sum());
        held = IntStream.of(layers).mapToObj(layer -> new HeldVector(name, image, rings.apply(layer))).toArray(HeldVector[]::new);
    }

    /** Whether a vector was given. */
    boolean anyGiven() {
        return given > 0;
    }

    boolean given(final int index) {
        return intakes[index].given();
    }

    void forget() {
        if (given > 0) {
            given = 0;
            inPlace = false;
            for (final Intake intake : intakes) {
                intake.forget();
            }
        }
    }

    /** The first intake without a vector; null if every intake has its vector. */
    String missing() {
        if (given == intakes.length) {
            return null;
        }
        for (final Intake intake : intakes) {
            if (!intake.given()) {
                return intake.copy().name();
            }
        }
        return null;
    }

    private int othersGiven(final int index) {
        return given - (intakes[index].given() ? 1 : 0);
    }

    /** Drops all that was given. Of several vectors some may have been taken. */
    private RuntimeException refused(final RuntimeException e) {
        given = intakes.length;
        drop.run();
        return e;
    }

    /** Takes all vectors from an array. */
    public void give(final long t, final float[] from) {
        try {
            whole.expect(from);
            int index = 0;
            for (final Intake intake : intakes) {
                intake.give(t, from, index);
                index += intake.copy().width();
            }
            given = intakes.length;
        } catch (final RuntimeException e) {
            throw refused(e);
        }
    }

    /** Takes all vectors from a segment. */
    public void give(final long t, final MemorySegment from, final long offsetBytes) {
        try {
            whole.expect(from, offsetBytes);
            long at = offsetBytes;
            for (final Intake intake : intakes) {
                intake.give(t, from, at);
                at += (long) intake.copy().width() * Float.BYTES;
            }
            given = intakes.length;
        } catch (final RuntimeException e) {
            throw refused(e);
        }
    }

    /** Takes all vectors from a buffer. */
    public void give(final long t, final DirectBuffer from, final int indexBytes) {
        try {
            whole.expect(from, indexBytes);
            int at = indexBytes;
            for (final Intake intake : intakes) {
                intake.give(t, from, at);
                at += intake.copy().width() * Float.BYTES;
            }
            given = intakes.length;
        } catch (final RuntimeException e) {
            throw refused(e);
        }
    }

    /** Takes one vector from an array. */
    public void giveOne(final int index, final long t, final float[] from) {
        final int others = othersGiven(index);
        try {
            intakes[index].copy().expect(from);
            intakes[index].give(t, from, 0);
            given = others + 1;
        } catch (final RuntimeException e) {
            throw refused(e);
        }
    }

    /** Takes one vector from a segment. */
    public void giveOne(final int index, final long t, final MemorySegment from, final long offsetBytes) {
        final int others = othersGiven(index);
        try {
            intakes[index].copy().expect(from, offsetBytes);
            intakes[index].give(t, from, offsetBytes);
            given = others + 1;
        } catch (final RuntimeException e) {
            throw refused(e);
        }
    }

    /** Takes one vector from a buffer. */
    public void giveOne(final int index, final long t, final DirectBuffer from, final int indexBytes) {
        final int others = othersGiven(index);
        try {
            intakes[index].copy().expect(from, indexBytes);
            intakes[index].give(t, from, indexBytes);
            given = others + 1;
        } catch (final RuntimeException e) {
            throw refused(e);
        }
    }

    /** A segment for the caller to fill with one vector before the next commit. */
    public MemorySegment giveOneInPlace(final int index, final long t) {
        given = othersGiven(index) + 1;
        inPlace = true;
        return intakes[index].giveInPlace(t);
    }

    /** Inspects the vectors that were given in place. */
    void inspectGiven(final long t) {
        if (!inPlace) {
            return;
        }
        try {
            for (final Intake intake : intakes) {
                intake.inspectGiven(t);
            }
        } catch (final IllegalArgumentException e) {
            throw refused(e);
        }
    }

    /** Makes the given vectors those of tick t. An intake without a vector gives none to tick t. */
    void commit(final long t, final long frame) {
        given = 0;
        inPlace = false;
        for (final Intake intake : intakes) {
            intake.commit(t, frame);
        }
    }

    /** Copies the vectors of tick t - 1 to tick t. */
    void hold(final long t) {
        for (final HeldVector vector : held) {
            vector.copy(t);
        }
    }
}
