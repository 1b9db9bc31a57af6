package org.tickwave.pipeline;

import java.lang.foreign.MemorySegment;
import org.tickwave.kernel.Good;
import org.tickwave.kernel.Passes;
import org.tickwave.kernel.Scale;
import org.tickwave.layout.AnswerDescriptor;
import org.tickwave.layout.ImageLayout;
import org.tickwave.layout.RingDescriptor;
import org.tickwave.layout.ScratchDescriptor;
import org.tickwave.layout.SlotDescriptor;
import org.tickwave.layout.WeightsDescriptor;
import org.tickwave.layout.Wiring;

/**
 * One projection's part of a tick: one pass over its weights, for the upper layer. If the echo does not come down by the transposed
 * weights, the echo takes a pass of its own. Reads the activations of the lower layer, and writes the weights, the echo, and the
 * upper layer's scratch.
 */
final class Projection {
    private final MemorySegment image;
    private final int number;
    private final int lower;
    private final int rows;
    private final int columns;
    private final int groups;
    private final long weights;
    private final long partials;
    private final long taught;
    private final RingDescriptor below;
    private final RingDescriptor echo;
    private final int delay;
    private final int age;
    private final int[] passes;
    /** Null if the pass over the weights makes the echo. */
    private final EchoPass echoPass;

    Projection(final Image image, final int number) {
        final ImageLayout layout = image.layout();
        final Wiring wiring = layout.geometry().wiring();
        final WeightsDescriptor descriptor = layout.weights(number);
        final ScratchDescriptor scratch = layout.scratch(wiring.to(number));
        this.image = image.segment();
        this.number = number;
        lower = wiring.from(number);
        rows = descriptor.rows();
        columns = descriptor.columns();
        groups = descriptor.groups();
        weights = descriptor.offset();
        partials = scratch.partials();
        taught = scratch.taught();
        below = layout.activation(lower);
        echo = layout.echo(number);
        delay = wiring.delay(number);
        age = wiring.age(number);
        echoPass = EchoPass.of(image, number);
        passes = Passes.table(echo != null && echoPass == null);
    }

    /** A slot of a tick before the first frame may hold no tick: then it is zero. */
    private long slot(final long t, final Learning learning) {
        final long slot = below.slot(t - delay);
        assert Slot.tickAcquire(image, slot) == t - delay
            || t - delay < learning.origin && Slot.tickAcquire(image, slot) == SlotDescriptor.NO_TICK : stale(t - delay, slot);
        return slot;
    }

    /** The slot of the activation that goes up in tick t. */
    long lower(final long t) {
        return below.slot(t - delay);
    }

    /**
     * Adds the lower layer's activation to the sums, and does nothing else.
     *
     * @param start the sums so far, or zeros
     * @return the slot of the activation
     */
    long forward(final long t, final long start, final Learning learning) {
        final long slot = slot(t, learning);
        Passes.run(Passes.FORWARD, image, weights, rows, groups, Slot.vector(slot), 0, 0, start, partials, 0);
        return slot;
    }

    /** Adds an activation of the lower layer to the sums of an answer. */
    void answer(final AnswerDescriptor region, final long start) {
        Passes.run(
            Passes.FORWARD, image, weights, rows, groups, region.activation(lower), 0, 0, start, region.partials(), 0);
    }

    /**
     * Adds the lower layer's activation to the sums, sends the echo, and corrects the weights.
     *
     * @param state NO_ERROR, PASSING or LEARNING of {@link Passes}
     * @param start the sums so far, or zeros
     * @param error of the upper layer
     * @return the slot of the activation
     */
    long tick(final long t, final int state, final long start, final long error, final Learning learning) {
        final long from = slot(t, learning);
        final long x = Slot.vector(from);
        if (state == Passes.LEARNING) {
            final long past = below.slot(t - age);
            assert Slot.tickAcquire(image, past) == t - age : stale(t - age, past);
            Scale.run(image, Slot.vector(past), learning.minusRate, taught, columns);
        }
        if (echo == null) {
            Passes.run(passes[state], image, weights, rows, groups, x, taught, error, start, partials, 0);
            return from;
        }
        final long slot = echo.slot(t + 1);
        Slot.open(image, slot);
        if (echoPass != null && state != Passes.NO_ERROR) {
            echoPass.run(error, Slot.vector(slot));
        }
        Passes.run(passes[state], image, weights, rows, groups, x, taught, error, start, partials, Slot.vector(slot));
        if (state == Passes.NO_ERROR) {
            Good.zero(image, Slot.vector(slot), columns);
        }
        Slot.sealRelease(image, slot, t + 1);
        return from;
    }

    private String stale(final long tick, final long slot) {
        return "projection " + number + " looked for tick " + tick + " of layer " + lower + " in a slot that holds tick "
            + Slot.tickAcquire(image, slot);
    }
}
