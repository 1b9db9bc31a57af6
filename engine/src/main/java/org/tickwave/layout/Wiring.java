package org.tickwave.layout;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The layers and projections of a network as plain numbers, and the delays of a rule on them. {@link Delays} and {@link Ways} compute
 * delays, ages, gates and levels for this class. No other class knows how.
 *
 * <p>Layers are numbered from 0. The first {@link #inputs()} of them are inputs, which have no weights. Projections are numbered
 * from 1, so that in a chain projection l leads into layer l. All delays and ages are in ticks. The level of a layer is the longest
 * way from an input to the layer. L is the highest level of an output; the formulas call a layer's level l, and the level of the
 * layer below a projection k.
 *
 * <p>An <em>edge</em> is a projection or a direct edge. A direct edge leads errors from an output down to a layer, and nothing up. The
 * direct edges are numbered after the projections.
 */
public final class Wiring {
    /** How the ways of different length to a layer are treated. */
    enum Balance {
        /** A projection that skips levels waits, so that all summands of a layer come from one frame. */
        BALANCED,
        /** No projection waits. */
        IMMEDIATE,
        /** No projection waits, and ways may lead back to where they began. */
        RECURRENT
    }

    private final Balance balance;
    private final Edges edges;
    /** R: how far an error looks back; 0 for diffusion. */
    private final int window;
    private final Delays delays;

    private Wiring(final Balance balance, final Edges edges, final int window) {
        this(balance, edges, window, new Delays(balance, edges, window));
    }

    private Wiring(final Balance balance, final Edges edges, final int window, final Delays delays) {
        this.balance = balance;
        this.edges = edges;
        this.window = window;
        this.delays = delays;
    }

    /**
     * A chain, under diffusion: layer 0 is the input, the last layer is the output, and projection l leads from layer l-1 into
     * layer l.
     *
     * @param projections how many; at least 1
     */
    public static Wiring chain(final int projections) {
        if (projections < 1) {
            throw new IllegalArgumentException("a chain of " + projections + " projections: expected at least 1");
        }
        return under(Balance.BALANCED, projections + 1, IntStream.rangeClosed(-1, projections - 1).toArray(),
            IntStream.rangeClosed(0, projections).map(l -> l == 0 ? -1 : l).toArray(), projections);
    }

    /** Every projection takes one tick. */
    private static Wiring under(final Balance balance, final int layers, final int[] from, final int[] to, final int... outputs) {
        final int[] length = new int[from.length];
        Arrays.fill(length, 1);
        return new Wiring(balance, Edges.transposed(layers, from, to, length, outputs), Delays.DIFFUSION);
    }

    /**
     * A graph without cycles, under diffusion, in which a projection waits so that all ways to a layer take the same time.
     *
     * @param layers  how many; the inputs come first
     * @param from    the lower layer of each projection; projection 1 stands at index 0
     * @param to      the upper layer of each projection
     * @param outputs the layers that have a target
     */
    public static Wiring balanced(final int layers, final int[] from, final int[] to, final int... outputs) {
        return graph(Balance.BALANCED, layers, from, to, outputs);
    }

    /** A graph without cycles, under diffusion, in which no projection waits. Has the parameters of {@link #balanced}. */
    public static Wiring immediate(final int layers, final int[] from, final int[] to, final int... outputs) {
        return graph(Balance.IMMEDIATE, layers, from, to, outputs);
    }

    /** A graph that may have cycles, under diffusion; no projection waits. Has the parameters of {@link #balanced}. */
    public static Wiring recurrent(final int layers, final int[] from, final int[] to, final int... outputs) {
        return graph(Balance.RECURRENT, layers, from, to, outputs);
    }

    private static Wiring graph(
        final Balance balance, final int layers, final int[] from, final int[] to, final int[] outputs) {
        return under(balance, layers, numbered(-1, from), numbered(-1, to), outputs.clone());
    }

    /** Numbers of projections, at their indices from 1. */
    private static int[] numbered(final int ofNoProjection, final int[] numbers) {
        return IntStream.concat(IntStream.of(ofNoProjection), IntStream.of(numbers)).toArray();
    }

    /**
     * The same layers and projections, with projections that take more than one tick, as links between hosts do.
     *
     * @param ticks for each projection, at least 1; projection 1 stands at index 0
     */
    public Wiring lengths(final int... ticks) {
        return new Wiring(balance, edges.withLength(numbered(1, ticks)), window);
    }

    /**
     * The same layers and projections under the rule window:R. The layers with l &gt;= L - floor((R-1)/2) get the true gradient of
     * one frame.
     *
     * @param ticks R, from 1 to 2L-1; at 2L-1 every layer gets the true gradient
     */
    public Wiring window(final int ticks) {
        if (ticks < 1 || ticks > 2 * delays.latency - 1) {
            throw new IllegalArgumentException(
                "window:" + ticks + ": expected 1 to " + (2 * delays.latency - 1) + " (2L-1) for a network with L = " + delays.latency);
        }
        if (balance != Balance.BALANCED) {
            throw new IllegalArgumentException(
                "window:" + ticks + " where no projection waits: expected diffusion, or a balanced graph");
        }
        return new Wiring(balance, edges, ticks);
    }

    /** The window that reaches every layer. */
    public Wiring aligned() {
        return window(2 * delays.latency - 1);
    }

    /** Whether a projection that skips levels waits. Only then there are rules other than diffusion. */
    public boolean balanced() {
        return balance == Balance.BALANCED;
    }

    /** Whether ways may lead back to where they began. */
    public boolean recurrent() {
        return balance == Balance.RECURRENT;
    }

    /**
     * The same layers and projections under the same rule, with other feedback. The ages stay. Only where no projection waits, the gates
     * follow the ways that errors take.
     *
     * @param kinds  how errors come down each projection: not DIRECT; projection 1 stands at index 0. Ignored for a projection that
     *               sends no echo: from an input, or from a layer with direct feedback
     * @param direct the layers with direct feedback: such a layer adds up the errors of every output that it reaches, each times a random
     *               matrix, in place of the echoes of the projections out of the layer. An output keeps the error of its own loss
     * @throws IllegalArgumentException if there is not one kind for each projection, or if a layer with direct feedback is an input
     */
    public Wiring withFeedback(final Feedback[] kinds, final int... direct) {
        if (kinds.length != projections()) {
            throw new IllegalArgumentException(
                "feedback of " + kinds.length + " projections: expected " + projections() + ", as the network has");
        }
        final Feedback[] feedbacks = Edges.allTransposed(kinds.length + 1);
        for (int k = 1; k < feedbacks.length; k++) {
            feedbacks[k] = kinds[k - 1];
            if (feedbacks[k] == Feedback.DIRECT) {
                throw new IllegalArgumentException("feedback DIRECT of projection " + k
                    + ": expected TRANSPOSE, RANDOM or SIGN_SYMMETRIC; a layer has direct feedback, not a projection");
            }
        }
        return new Wiring(balance, edges.withFeedback(feedbacks, IntStream.of(direct).sorted().distinct().toArray()), window);
    }

    /** How many layers there are, inputs included. */
    public int layers() {
        return edges.layers;
    }

    /** How many inputs there are: the layers from 0 to inputs() - 1. */
    public int inputs() {
        return edges.inputs;
    }

    /** The number of the last layer; in a chain the output. */
    public int last() {
        return edges.layers - 1;
    }

    /** How many projections there are; they are numbered from 1. */
    public int projections() {
        return edges.projections();
    }

    /** How many edges there are: projections and direct edges. The direct edges have the numbers after projections(). */
    public int edges() {
        return edges.count();
    }

    /** How errors come down an edge. Means nothing for a projection that sends no echo. */
    public Feedback feedback(final int edge) {
        return edges.feedback(edge);
    }

    /** Whether a layer takes an echo by such feedback. */
    public boolean takesEchoesBy(final Feedback kind) {
        return IntStream.rangeClosed(1, edges.count()).anyMatch(edge -> sendsEcho(edge) && feedback(edge) == kind);
    }

    /** Whether an edge has a random matrix, to make an echo with. */
    public boolean hasMatrix(final int edge) {
        return sendsEcho(edge) && (feedback(edge) == Feedback.RANDOM || feedback(edge) == Feedback.DIRECT);
    }

    /** Whether a layer adds up the errors of outputs, in place of the echoes of the projections out of the layer. */
    public boolean isDirect(final int layer) {
        return edges.isDirect(layer);
    }

    /** The edges whose echoes a layer with weights adds up, in that order. */
    public int[] echoes(final int layer) {
        return edges.echoes(layer);
    }

    /** The direct edges down from an output. */
    public int[] directEdges(final int output) {
        return edges.directEdges(output);
    }

    /** The layers that have a target. */
    public int[] outputs() {
        return edges.outputs.clone();
    }

    public boolean isOutput(final int layer) {
        return IntStream.of(edges.outputs).anyMatch(output -> output == layer);
    }

    /** The layer from which a projection leads up; the lower layer of a direct edge. */
    public int from(final int edge) {
        return edges.from(edge);
    }

    /** The layer into which a projection leads; the output of a direct edge. */
    public int to(final int edge) {
        return edges.to(edge);
    }

    /** The projections into a layer, in the order in which their sums are added. */
    public int[] into(final int layer) {
        return edges.into[layer].clone();
    }

    /** The projections out of a layer, in the order of their numbers. */
    public int[] outOf(final int layer) {
        return edges.outOf[layer].clone();
    }

    /** Whether an edge sends an echo down. An input needs none. A layer with direct feedback takes none from a projection. */
    public boolean sendsEcho(final int edge) {
        return edges.sendsEcho(edge);
    }

    /** L: ticks from a frame to the answer of the highest output. */
    public int latency() {
        return delays.latency;
    }

    /** Ticks from a frame to what a layer makes of it. */
    public int level(final int layer) {
        return delays.level[layer];
    }

    /** The layers that have weights, from the lowest level up. */
    public int[] upwards() {
        return IntStream.range(edges.inputs, edges.layers).boxed()
            .sorted(Comparator.comparing(this::level)).mapToInt(l -> l).toArray();
    }

    /** d: how long an edge waits, both ways: the age of the activation that goes up, and of the echo that is taken. */
    public int delay(final int edge) {
        return delays.delay[edge];
    }

    /** p = min(d+R, 2L-l-k): the age of the activation that the error of the upper layer meets. */
    public int age(final int projection) {
        return delays.age[projection];
    }

    /** q = min(R-1, 2(L-l)): the age of the layer's own activation whose slope its error meets. */
    public int slopeAge(final int layer) {
        return delays.slopeAge[layer];
    }

    /** T = l + q: the age of the target with which an output is compared. */
    public int targetAge(final int output) {
        return delays.targetAge[output];
    }

    /** 2L - l: ticks from the first frame until a layer learns. By then the errors of all outputs have arrived. */
    public int gate(final int layer) {
        return delays.gate[layer];
    }

    /** L - l: ticks from when learning is turned on until a layer has an error. By then all of its echoes are new. */
    public int echoGate(final int layer) {
        return delays.echoGate[layer];
    }

    /** The layer that copies a held frame of an input: its first reader. */
    public int holder(final int input) {
        return edges.holder(input);
    }

    /**
     * The other layers with which a layer exchanges vectors: a layer begins a tick when all of them have completed the tick before.
     * The readers of one input exchange the frames that its holder copies.
     */
    public int[] neighbours(final int layer) {
        return edges.neighbours(layer);
    }

    /** The numbers of a wiring that a test may shift. */
    enum Number {
        AGE, SLOPE_AGE, TARGET_AGE, GATE, ECHO_GATE
    }

    /** The same wiring with one more number off, which only tests want. */
    Wiring shifted(final Number what, final int of, final int by) {
        return new Wiring(balance, edges, window, delays.shifted(what, of, by));
    }

    /** Every number that decides what a network computes: layers, inputs, outputs, projections, delays and ages. */
    int[] numbers() {
        final IntStream.Builder numbers = IntStream.builder().add(layers()).add(inputs()).add(edges.outputs.length);
        for (final int output : edges.outputs) {
            numbers.add(output).add(targetAge(output));
        }
        numbers.add(projections());
        for (int k = 1; k <= projections(); k++) {
            numbers.add(from(k)).add(to(k)).add(delay(k)).add(age(k));
        }
        for (int l = inputs(); l <= last(); l++) {
            numbers.add(slopeAge(l)).add(gate(l)).add(echoGate(l));
        }
        return numbers.build().toArray();
    }

    /** Every number that decides how errors come down. Empty if all of them come down by the transposed weights. */
    int[] feedbackNumbers() {
        return edges.feedbackNumbers();
    }
}
