package org.tickwave.pipeline;

import java.lang.foreign.MemorySegment;
import org.tickwave.kernel.Activate;
import org.tickwave.kernel.Clip;
import org.tickwave.kernel.Fold;
import org.tickwave.kernel.Good;
import org.tickwave.kernel.LearnBias;
import org.tickwave.kernel.OutputError;
import org.tickwave.kernel.Passes;
import org.tickwave.kernel.Scale;
import org.tickwave.kernel.Sigma;
import org.tickwave.kernel.Slope;
import org.tickwave.layout.AnswerDescriptor;
import org.tickwave.layout.CountersDescriptor;
import org.tickwave.layout.ImageLayout;
import org.tickwave.layout.RingDescriptor;
import org.tickwave.layout.ScratchDescriptor;
import org.tickwave.layout.SlotDescriptor;
import org.tickwave.layout.WeightsDescriptor;

/**
 * One layer's tick: the error, the pass over the weights, the activation. The layer writes its own rings, weights, bias,
 * counters and echo, and reads the rings of the adjacent layers. So layers may tick in any order.
 */
public final class Layer {
    private final MemorySegment image;
    private final int number;
    private final int layers;
    private final int fromTop;
    private final Sigma sigma;
    private final OutputError.Loss loss;
    private final boolean clips;
    private final float clip;
    private final int rows;
    private final int columns;
    private final int groups;
    private final long weights;
    private final long bias;
    private final int learningParts;
    private final int passingParts;
    private final long zeros;
    private final long counters;
    private final ScratchDescriptor scratch;
    private final RingDescriptor below;
    private final RingDescriptor own;
    private final RingDescriptor delta;
    private final RingDescriptor target;
    private final RingDescriptor echoFromAbove;
    private final RingDescriptor echo;
    private final int activationDelay;
    private final int slopeDelay;
    private final int targetDelay;

    /**
     * @param loss compares the output with the target; only the output layer uses it
     * @param clip the largest magnitude in an error; infinite for no clip
     */
    public Layer(
        final Image image, final int number, final Sigma sigma, final OutputError.Loss loss, final float clip) {
        final ImageLayout layout = image.layout();
        final WeightsDescriptor projection = layout.weights(number);
        this.image = image.segment();
        this.number = number;
        this.layers = layout.geometry().layers();
        this.fromTop = layers - number;
        this.sigma = sigma;
        this.loss = loss;
        this.clips = clip < Float.POSITIVE_INFINITY;
        this.clip = clip;
        rows = projection.rows();
        columns = projection.columns();
        groups = projection.groups();
        weights = projection.offset();
        bias = layout.bias(number);
        passingParts = number > 1 ? Passes.FORWARD | Passes.BACKWARD : Passes.FORWARD;
        learningParts = passingParts | Passes.LEARN;
        zeros = layout.zeros();
        counters = layout.counters(number);
        scratch = layout.scratch(number);
        below = layout.activation(number - 1);
        own = layout.activation(number);
        delta = layout.delta(number);
        target = layout.target();
        echoFromAbove = fromTop == 0 ? null : layout.echo(number + 1);
        echo = number == 1 ? null : layout.echo(number);
        activationDelay = layout.geometry().delays().activation(number);
        slopeDelay = layout.geometry().delays().slope(number);
        targetDelay = layout.geometry().delays().target();
    }

    /**
     * Takes the layer from tick t to t + 1.
     *
     * @return whether all vectors of this tick were good
     */
    boolean tick(final long t, final Learning learning) {
        final long from = below.slot(t);
        assert Slot.tickAcquire(image, from) == t : stale("layer " + (number - 1), t, from);
        if (!learning.on) {
            Passes.run(
                Passes.FORWARD, image, weights, rows, groups, Slot.vector(from), 0, 0, zeros, scratch.partials(), 0);
            return activate(t, from);
        }
        final long slot = delta.slot(t);
        final long error = Slot.vector(slot);
        Slot.open(image, slot);
        final boolean due = errorDue(t, learning);
        final boolean good = !due || error(t, error, learning);
        if (!good) {
            trip(t);
        }
        final boolean hasError = due && good;
        if (!hasError) {
            Good.zero(image, error, rows);
        }
        Slot.refusedOpaque(image, slot, !good);
        Slot.sealRelease(image, slot, t);

        final boolean learns = hasError && t >= learning.origin + layers + fromTop;
        pass(t, Slot.vector(from), error, hasError, learns, learning);
        final boolean activationGood = activate(t, from);
        if (learns) {
            LearnBias.run(image, bias, error, learning.minusRate, rows);
        }
        return good & activationGood;
    }

    /**
     * Makes the activation that a tick would make from x, outside the rings. No band may be in a tick meanwhile.
     *
     * @param x      an activation of the layer below, or a frame
     * @param region the working memory; its partial sums beyond the layer's rows are zero
     * @param to     the new activation; may be changed even if the result is false
     * @return whether the activation is good
     */
    boolean answer(final long x, final AnswerDescriptor region, final long to) {
        Passes.run(Passes.FORWARD, image, weights, rows, groups, x, 0, 0, zeros, region.partials(), 0);
        Fold.run(image, region.partials(), rows, region.folds(), region.sums());
        return Activate.run(sigma, image, region.sums(), bias, to, rows);
    }

    /**
     * Whether the layer has an error in tick t: the output needs a target, and a layer below needs an echo that was made since
     * learning was turned on. A refused activation has no slope, so it gives no error. A target from before a change of the
     * weights does give an error. The echoes of that error are gone before a layer learns again.
     */
    private boolean errorDue(final long t, final Learning learning) {
        if (Slot.refusedOpaque(image, own.slot(t - slopeDelay))) {
            return false;
        }
        if (fromTop > 0) {
            return t >= learning.onSince + fromTop;
        }
        final long targetSlot = target.slot(t - targetDelay);
        assert holds(targetSlot, t - targetDelay, learning) : stale("targets", t - targetDelay, targetSlot);
        return Slot.presentOpaque(image, targetSlot);
    }

    private boolean error(final long t, final long error, final Learning learning) {
        final long slope = own.slot(t - slopeDelay);
        assert holds(slope, t - slopeDelay, learning) : stale("layer " + number, t - slopeDelay, slope);
        final boolean good;
        if (fromTop > 0) {
            good = Slope.run(sigma, image, echoFromAbove.slot(t), Slot.vector(slope), error, rows);
        } else {
            final long targetSlot = target.slot(t - targetDelay);
            OutputError.run(loss, image, Slot.vector(slope), Slot.vector(targetSlot), error, scratch.partials(), rows);
            good = Slope.run(sigma, image, error, Slot.vector(slope), error, rows);
        }
        if (clips) {
            Clip.run(image, error, rows, clip);
        }
        return good;
    }

    private void pass(
        final long t, final long x, final long error, final boolean hasError, final boolean learns, final Learning learning) {
        final long partials = scratch.partials();
        final long sent = number > 1 ? echo.slot(t + 1) : 0;
        if (learns) {
            final long past = below.slot(t - activationDelay);
            assert Slot.tickAcquire(image, past) == t - activationDelay
                : stale("layer " + (number - 1), t - activationDelay, past);
            Scale.run(image, Slot.vector(past), learning.minusRate, scratch.taught(), columns);
        }
        final int parts = !hasError ? Passes.FORWARD : learns ? learningParts : passingParts;
        Passes.run(parts, image, weights, rows, groups, x, scratch.taught(), error, zeros, partials, sent);
        if (!hasError && number > 1) {
            Good.zero(image, sent, columns);
        }
    }

    private boolean activate(final long t, final long from) {
        final long slot = own.slot(t + 1);
        final long x = Slot.vector(slot);
        Fold.run(image, scratch.partials(), rows, scratch.folds(), scratch.sums());
        Slot.open(image, slot);
        final boolean good = Activate.run(sigma, image, scratch.sums(), bias, x, rows);
        if (!good) {
            Good.zero(image, x, rows);
            trip(t);
        }
        Slot.frameOpaque(image, slot, Slot.frameOpaque(image, from));
        Slot.refusedOpaque(image, slot, !good || Slot.refusedOpaque(image, from));
        Slot.sealRelease(image, slot, t + 1);
        return good;
    }

    private void trip(final long t) {
        final long trips = Slot.longOpaque(image, counters + CountersDescriptor.TRIPS_OFFSET);
        if (trips == 0) {
            Slot.longOpaque(image, counters + CountersDescriptor.FIRST_TRIP_OFFSET, t);
        }
        Slot.longRelease(image, counters + CountersDescriptor.TRIPS_OFFSET, trips + 1);
    }

    int number() {
        return number;
    }

    /** Whether a slot holds the wanted tick. For a tick before the first frame the slot may hold no tick: then it is zero. */
    private boolean holds(final long slot, final long tick, final Learning learning) {
        final long held = Slot.tickAcquire(image, slot);
        return held == tick || held == SlotDescriptor.NO_TICK && tick < learning.origin;
    }

    private String stale(final String ring, final long tick, final long slot) {
        return "layer " + number + " looked for tick " + tick + " of " + ring + " in a slot that holds tick "
            + Slot.tickAcquire(image, slot);
    }
}
