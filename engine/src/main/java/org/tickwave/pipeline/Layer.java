package org.tickwave.pipeline;

import java.lang.foreign.MemorySegment;
import java.util.stream.IntStream;
import org.tickwave.kernel.Activate;
import org.tickwave.kernel.Add;
import org.tickwave.kernel.Clip;
import org.tickwave.kernel.Fold;
import org.tickwave.kernel.Good;
import org.tickwave.kernel.LearnBias;
import org.tickwave.kernel.OutputError;
import org.tickwave.kernel.Passes;
import org.tickwave.kernel.Sigma;
import org.tickwave.kernel.Slope;
import org.tickwave.layout.AnswerDescriptor;
import org.tickwave.layout.CountersDescriptor;
import org.tickwave.layout.ImageLayout;
import org.tickwave.layout.RingDescriptor;
import org.tickwave.layout.ScratchDescriptor;
import org.tickwave.layout.SlotDescriptor;
import org.tickwave.layout.Wiring;

/**
 * One layer's tick: the error, the passes over the weights, the activation. The layer writes its own rings, bias and counters, the
 * weights and echoes of the projections into it, and the echoes of the direct edges down from it. It reads the rings of its
 * neighbours. So layers may tick in any order.
 */
public final class Layer {
    private final MemorySegment image;
    private final int number;
    /** Whether there may be cycles. */
    private final boolean recurrent;
    private final int gate;
    private final int echoGate;
    private final Sigma sigma;
    private final OutputError.Loss loss;
    private final boolean clips;
    private final float clip;
    private final int rows;
    private final long bias;
    private final long zeros;
    private final long counters;
    private final ScratchDescriptor scratch;
    private final Projection[] into;
    private final RingDescriptor own;
    private final RingDescriptor delta;
    private final RingDescriptor target;
    private final RingDescriptor[] echoes;
    private final int[] echoDelays;
    private final DirectEdge[] directEdges;
    private final int slopeAge;
    private final int targetAge;

    /**
     * @param loss compares the output with the target; only an output uses it
     * @param clip the largest magnitude in an error; infinite for no clip
     */
    public Layer(
        final Image image, final int number, final Sigma sigma, final OutputError.Loss loss, final float clip) {
        final ImageLayout layout = image.layout();
        final Wiring wiring = layout.geometry().wiring();
        this.image = image.segment();
        this.number = number;
        this.sigma = sigma;
        this.loss = loss;
        this.clips = clip < Float.POSITIVE_INFINITY;
        this.clip = clip;
        recurrent = wiring.recurrent();
        gate = wiring.gate(number);
        echoGate = wiring.echoGate(number);
        rows = layout.geometry().width(number);
        bias = layout.bias(number);
        zeros = layout.zeros();
        counters = layout.counters(number);
        scratch = layout.scratch(number);
        into = IntStream.of(wiring.into(number)).mapToObj(k -> new Projection(image, k)).toArray(Projection[]::new);
        own = layout.activation(number);
        delta = layout.delta(number);
        target = layout.target(number);
        echoes = IntStream.of(wiring.echoes(number)).mapToObj(layout::echo).toArray(RingDescriptor[]::new);
        echoDelays = IntStream.of(wiring.echoes(number)).map(wiring::delay).toArray();
        directEdges = IntStream.of(wiring.directEdges(number)).mapToObj(edge -> new DirectEdge(image, edge)).toArray(DirectEdge[]::new);
        slopeAge = wiring.slopeAge(number);
        targetAge = target == null ? 0 : wiring.targetAge(number);
    }

    /**
     * Takes the layer from tick t to t + 1.
     *
     * @return whether all vectors of this tick were good
     */
    boolean tick(final long t, final Learning learning) {
        long start = zeros;
        long frame = Long.MAX_VALUE;
        boolean refused = false;
        if (!learning.on) {
            for (final Projection projection : into) {
                final long from = projection.forward(t, start, learning);
                frame = Math.min(frame, Slot.frameOpaque(image, from));
                refused |= Slot.refusedOpaque(image, from);
                start = scratch.partials();
            }
            return activate(t, frame, refused);
        }
        final long slot = delta.slot(t);
        final long error = Slot.vector(slot);
        Slot.open(image, slot);
        final long slope = own.slot(t - slopeAge);
        final boolean heard = heard(t, learning);
        final boolean due = due(t, slope, heard, learning);
        final boolean good = !due || error(t, slope, heard, error, learning);
        if (!good) {
            trip(t);
        }
        final boolean hasError = due && good;
        if (!hasError) {
            Good.zero(image, error, rows);
        }
        Slot.refusedOpaque(image, slot, !good);
        Slot.sealRelease(image, slot, t);

        final boolean learns = hasError && t >= learning.origin + gate;
        final int state = learns ? Passes.LEARNING : hasError ? Passes.PASSING : Passes.NO_ERROR;
        for (final Projection projection : into) {
            final long from = projection.tick(t, state, start, error, learning);
            frame = Math.min(frame, Slot.frameOpaque(image, from));
            refused |= Slot.refusedOpaque(image, from);
            start = scratch.partials();
        }
        for (final DirectEdge edge : directEdges) {
            edge.tick(t, hasError, error);
        }
        final boolean activationGood = activate(t, frame, refused);
        if (learns) {
            LearnBias.run(image, bias, error, learning.minusRate, rows);
        }
        return good & activationGood;
    }

    /**
     * Makes the activation that a tick would make, from the activations of an answer. No band may be in a tick meanwhile.
     *
     * @param region the working memory; holds the activations of the lower layers, and gets the layer's own
     * @return whether the activation is good
     */
    boolean answer(final AnswerDescriptor region) {
        Fold.zeroPadding(image, region.partials(), rows);
        long start = zeros;
        for (final Projection projection : into) {
            projection.answer(region, start);
            start = region.partials();
        }
        final long sums = Fold.run(image, region.partials(), rows);
        return Activate.run(sigma, image, sums, bias, region.activation(number), rows);
    }

    /**
     * Whether an output hears a target in tick t. A target from before a change of the weights does give an error. The echoes of that
     * error are gone before a layer learns again.
     */
    private boolean heard(final long t, final Learning learning) {
        if (target == null) {
            return false;
        }
        final long slot = target.slot(t - targetAge);
        assert holds(slot, t - targetAge, learning) : stale("targets", t - targetAge, slot);
        return Slot.presentOpaque(image, slot);
    }

    /**
     * Whether the layer has an error in tick t: it needs a target, or echoes that were made since learning was turned on. A
     * refused activation has no slope, so it gives no error.
     */
    private boolean due(final long t, final long slope, final boolean heard, final Learning learning) {
        return (heard || echoes.length > 0) && t >= learning.onSince + echoGate && !Slot.refusedOpaque(image, slope);
    }

    private boolean error(final long t, final long slope, final boolean heard, final long error, final Learning learning) {
        assert holds(slope, t - slopeAge, learning) : stale("layer " + number, t - slopeAge, slope);
        final long x = Slot.vector(slope);
        final boolean good = Slope.run(sigma, image, errorSum(t, x, heard, error, learning), x, error, rows);
        if (clips) {
            Clip.run(image, error, rows, clip);
        }
        return good;
    }

    /** Adds the echoes in the order of the edges, and then the gradient of the loss. One summand is not copied. */
    private long errorSum(final long t, final long x, final boolean heard, final long error, final Learning learning) {
        long sum = error;
        for (int i = 0; i < echoes.length; i++) {
            final long slot = echoes[i].slot(t - echoDelays[i]);
            assert holds(slot, t - echoDelays[i], learning) : stale("echoes", t - echoDelays[i], slot);
            sum = i == 0 ? Slot.vector(slot) : added(sum, Slot.vector(slot), error);
        }
        if (heard) {
            final long gradient = echoes.length == 0 ? error : scratch.sums();
            OutputError.run(loss, image, x, Slot.vector(target.slot(t - targetAge)), gradient, scratch.partials(), rows);
            sum = echoes.length == 0 ? error : added(sum, gradient, error);
        }
        return sum;
    }

    private long added(final long a, final long b, final long sum) {
        Add.run(image, a, b, sum, rows);
        return sum;
    }

    /**
     * @param frame   the least of the frames from which the activation is made
     * @param refused whether one of the activations from which it is made bears the mark
     */
    private boolean activate(final long t, final long frame, final boolean refused) {
        final long slot = own.slot(t + 1);
        final long x = Slot.vector(slot);
        final long sums = Fold.run(image, scratch.partials(), rows);
        Slot.open(image, slot);
        final boolean good = Activate.run(sigma, image, sums, bias, x, rows);
        if (!good) {
            Good.zero(image, x, rows);
            trip(t);
        }
        Slot.frameOpaque(image, slot, recurrent ? newest(t) : frame);
        Slot.refusedOpaque(image, slot, refused && !recurrent || !good);
        Slot.sealRelease(image, slot, t + 1);
        return good;
    }

    /**
     * The newest of the frames from which the activation is made. The least would stay 0 in a cycle, because the layers of a cycle read
     * each other. The mark of a refused activation would stay for the same reason, so it does not travel in networks with cycles.
     */
    private long newest(final long t) {
        long newest = 0;
        for (final Projection projection : into) {
            newest = Math.max(newest, Slot.frameOpaque(image, projection.lower(t)));
        }
        return newest;
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
