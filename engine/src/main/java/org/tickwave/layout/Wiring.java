package org.tickwave.layout;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The layers and projections of a network as plain numbers, and the delays of a rule on them. No other class knows delays, ages,
 * gates or levels.
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
    private static final int DIFFUSION = 0;

    /** How the ways of different length to a layer are treated. */
    private enum Balance {
        /** A projection that skips levels waits, so that all summands of a layer come from one frame. */
        BALANCED,
        /** No projection waits. */
        IMMEDIATE,
        /** No projection waits, and ways may lead back to where they began. */
        RECURRENT
    }

    private final Balance balance;
    private final int inputs;
    private final int[] from;
    private final int[] to;
    /** Ticks that a projection takes. */
    private final int[] length;
    private final int[] outputs;
    /** Of each projection. */
    private final Feedback[] feedback;
    /** The layers with direct feedback. */
    private final int[] direct;
    /** The direct edges, upper and lower ends. */
    private final int[] directFrom;
    private final int[] directTo;
    /** R: how far an error looks back; 0 for diffusion. */
    private final int window;
    private final int[][] into;
    private final int[][] outOf;
    private final int[] level;
    private final int latency;
    private final int[] delay;
    private final int[] age;
    private final int[] slopeAge;
    private final int[] targetAge;
    private final int[] gate;
    private final int[] echoGate;

    private Wiring(
        final Balance balance, final int layers, final int[] from, final int[] to, final int[] length, final int[] outputs,
        final int window, final Feedback[] feedback, final int[] direct) {
        this.balance = balance;
        this.from = from;
        this.to = to;
        this.length = length;
        this.outputs = outputs;
        this.window = window;
        this.feedback = feedback;
        this.direct = direct;
        into = projectionsBy(layers, to);
        outOf = projectionsBy(layers, from);
        inputs = (int) Arrays.stream(into).filter(projections -> projections.length == 0).count();
        for (int l = 0; l < inputs; l++) {
            if (into[l].length > 0) {
                throw new IllegalArgumentException("layer " + l + " has weights: expected the " + inputs + " inputs first");
            }
        }
        final int[][] directEdges = endsOfDirectEdges(layers);
        directFrom = directEdges[0];
        directTo = directEdges[1];
        level = balance == Balance.RECURRENT ? shortestWays(layers) : longestWays(layers);
        latency = IntStream.of(outputs).map(output -> level[output]).max().orElseThrow();
        delay = IntStream.rangeClosed(0, edges()).map(k -> k == 0 ? 0 : delayOf(k)).toArray();
        age = IntStream.range(0, to.length).map(k -> k == 0 ? 0 : ageOf(k)).toArray();
        slopeAge = IntStream.range(0, layers).map(l -> window == DIFFUSION ? 0 : Math.min(window - 1, 2 * (latency - level[l]))).toArray();
        targetAge = IntStream.range(0, layers).map(l -> window == DIFFUSION ? 0 : level[l] + slopeAge[l]).toArray();
        gate = gates();
        echoGate = switch (balance) {
            case BALANCED -> IntStream.of(level).map(l -> latency - l).toArray();
            case IMMEDIATE -> waysTo(outputs);
            case RECURRENT -> IntStream.range(0, layers).map(l -> IntStream.of(echoes(l)).map(this::lengthOf).max().orElse(0)).toArray();
        };
    }

    private int delayOf(final int edge) {
        return balance == Balance.BALANCED ? level[to(edge)] - level[from(edge)] - 1 : lengthOf(edge) - 1;
    }

    private int ageOf(final int projection) {
        return window == DIFFUSION ? delay[projection]
            : Math.min(delay[projection] + window, 2 * latency - level[to[projection]] - level[from[projection]]);
    }

    private static int[][] projectionsBy(final int layers, final int[] ends) {
        return IntStream.range(0, layers)
            .mapToObj(l -> IntStream.range(1, ends.length).filter(k -> ends[k] == l).toArray()).toArray(int[][]::new);
    }

    /** For each layer with direct feedback an edge from every other output that the layer reaches. */
    private int[][] endsOfDirectEdges(final int layers) {
        final IntStream.Builder lower = IntStream.builder();
        final IntStream.Builder upper = IntStream.builder();
        for (final int layer : direct) {
            if (layer < inputs || layer >= layers) {
                throw new IllegalArgumentException("direct feedback to layer " + layer + (layer >= 0 && layer < inputs ? ", an input" : "")
                    + ": expected a layer with weights, " + inputs + " to " + (layers - 1));
            }
            final boolean[] reached = reached(layer, layers);
            for (final int output : outputs) {
                if (output != layer && reached[output]) {
                    lower.add(layer);
                    upper.add(output);
                }
            }
        }
        return new int[][] {lower.build().toArray(), upper.build().toArray()};
    }

    private boolean[] reached(final int layer, final int layers) {
        final boolean[] reached = new boolean[layers];
        reached[layer] = true;
        boolean further = true;
        while (further) {
            further = false;
            for (int k = 1; k < from.length; k++) {
                further |= reached[from[k]] && !reached[to[k]];
                reached[to[k]] |= reached[from[k]];
            }
        }
        return reached;
    }

    /** Ticks that an echo takes along an edge. */
    private int lengthOf(final int edge) {
        return edge < from.length ? length[edge] : 1;
    }

    /** Whether errors come down along an edge, if only to an input, which needs none. */
    private boolean leadsDown(final int edge) {
        return edge >= from.length || !isDirect(from[edge]);
    }

    /** The levels of a graph without cycles. One more round than there are layers changes nothing. */
    private int[] longestWays(final int layers) {
        final int[] way = new int[layers];
        int longer = 1;
        for (int round = 0; round <= layers && longer > 0; round++) {
            longer = 0;
            for (int k = 1; k < from.length; k++) {
                if (way[to[k]] < way[from[k]] + length[k]) {
                    way[to[k]] = way[from[k]] + length[k];
                    longer = k;
                }
            }
        }
        if (longer > 0) {
            throw new IllegalArgumentException("projection " + longer + " from layer " + from[longer] + " to layer " + to[longer]
                + " closes a cycle: expected a graph without cycles");
        }
        return way;
    }

    /** Cycles have no longest way. The level of a layer is then the shortest way from an input. */
    private int[] shortestWays(final int layers) {
        final int[] way = new int[layers];
        Arrays.fill(way, inputs, layers, IntStream.of(length).sum());
        boolean shorter = true;
        while (shorter) {
            shorter = false;
            for (int k = 1; k < from.length; k++) {
                shorter |= way[to[k]] > way[from[k]] + length[k];
                way[to[k]] = Math.min(way[to[k]], way[from[k]] + length[k]);
            }
        }
        return way;
    }

    /**
     * The longest way of an error from any of some outputs down to each layer of a graph without cycles; less than 0, by far, if there
     * is no way.
     */
    private int[] waysTo(final int... someOutputs) {
        final int[] way = new int[level.length];
        Arrays.fill(way, Integer.MIN_VALUE / 2);
        for (final int output : someOutputs) {
            way[output] = 0;
        }
        IntStream.rangeClosed(1, edges()).filter(this::leadsDown).boxed()
            .sorted(Comparator.comparing(e -> -level[from(e)]))
            .forEach(e -> way[from(e)] = Math.max(way[from(e)], way[to(e)] + lengthOf(e)));
        return way;
    }

    private int[] gates() {
        return switch (balance) {
            case BALANCED -> IntStream.of(level).map(l -> 2 * latency - l).toArray();
            case IMMEDIATE -> {
                final int[] gates = new int[level.length];
                Arrays.fill(gates, Integer.MIN_VALUE);
                for (final int output : outputs) {
                    final int[] way = waysTo(output);
                    Arrays.setAll(gates, l -> Math.max(gates[l], level[output] + way[l]));
                }
                yield gates;
            }
            case RECURRENT -> new int[level.length];
        };
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
        return new Wiring(Balance.BALANCED, projections + 1, IntStream.rangeClosed(-1, projections - 1).toArray(),
            IntStream.rangeClosed(0, projections).map(l -> l == 0 ? -1 : l).toArray(),
            IntStream.rangeClosed(0, projections).map(l -> 1).toArray(), new int[] {projections}, DIFFUSION,
            transposed(projections), new int[0]);
    }

    private static Feedback[] transposed(final int projections) {
        final Feedback[] feedback = new Feedback[projections + 1];
        Arrays.fill(feedback, Feedback.TRANSPOSE);
        return feedback;
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
        return new Wiring(balance, layers, numbered(-1, from), numbered(-1, to), IntStream.rangeClosed(0, from.length).map(k -> 1).toArray(),
            outputs.clone(), DIFFUSION, transposed(from.length), new int[0]);
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
        return new Wiring(balance, level.length, from, to, numbered(1, ticks), outputs, window, feedback, direct);
    }

    /**
     * The same layers and projections under the rule window:R. The layers with l &gt;= L - floor((R-1)/2) get the true gradient of
     * one frame.
     *
     * @param ticks R, from 1 to 2L-1; at 2L-1 every layer gets the true gradient
     */
    public Wiring window(final int ticks) {
        if (ticks < 1 || ticks > 2 * latency - 1) {
            throw new IllegalArgumentException(
                "window:" + ticks + ": expected 1 to " + (2 * latency - 1) + " (2L-1) for a network with L = " + latency);
        }
        if (balance != Balance.BALANCED) {
            throw new IllegalArgumentException(
                "window:" + ticks + " where no projection waits: expected diffusion, or a balanced graph");
        }
        return new Wiring(balance, level.length, from, to, length, outputs, ticks, feedback, direct);
    }

    /** The window that reaches every layer. */
    public Wiring aligned() {
        return window(2 * latency - 1);
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
        final Feedback[] feedbacks = transposed(kinds.length);
        for (int k = 1; k < feedbacks.length; k++) {
            feedbacks[k] = kinds[k - 1];
            if (feedbacks[k] == Feedback.DIRECT) {
                throw new IllegalArgumentException("feedback DIRECT of projection " + k
                    + ": expected TRANSPOSE, RANDOM or SIGN_SYMMETRIC; a layer has direct feedback, not a projection");
            }
        }
        return new Wiring(balance, level.length, from, to, length, outputs, window, feedbacks, IntStream.of(direct).sorted().distinct().toArray());
    }

    /** How many layers there are, inputs included. */
    public int layers() {
        return level.length;
    }

    /** How many inputs there are: the layers from 0 to inputs() - 1. */
    public int inputs() {
        return inputs;
    }

    /** The number of the last layer; in a chain the output. */
    public int last() {
        return level.length - 1;
    }

    /** How many projections there are; they are numbered from 1. */
    public int projections() {
        return from.length - 1;
    }

    /** How many edges there are: projections and direct edges. The direct edges have the numbers after projections(). */
    public int edges() {
        return projections() + directFrom.length;
    }

    /** How errors come down an edge. Means nothing for a projection that sends no echo. */
    public Feedback feedback(final int edge) {
        return edge < from.length ? feedback[edge] : Feedback.DIRECT;
    }

    /** Whether a layer takes an echo by such feedback. */
    public boolean takesEchoesBy(final Feedback kind) {
        return IntStream.rangeClosed(1, edges()).anyMatch(edge -> sendsEcho(edge) && feedback(edge) == kind);
    }

    /** Whether an edge has a random matrix, to make an echo with. */
    public boolean hasMatrix(final int edge) {
        return sendsEcho(edge) && (feedback(edge) == Feedback.RANDOM || feedback(edge) == Feedback.DIRECT);
    }

    /** Whether a layer adds up the errors of outputs, in place of the echoes of the projections out of the layer. */
    public boolean isDirect(final int layer) {
        return Arrays.binarySearch(direct, layer) >= 0;
    }

    /** The edges whose echoes a layer with weights adds up, in that order. */
    public int[] echoes(final int layer) {
        return IntStream.rangeClosed(1, edges()).filter(edge -> from(edge) == layer && sendsEcho(edge)).toArray();
    }

    /** The direct edges down from an output. */
    public int[] directEdges(final int output) {
        return IntStream.rangeClosed(from.length, edges()).filter(edge -> to(edge) == output).toArray();
    }

    /** The layers that have a target. */
    public int[] outputs() {
        return outputs.clone();
    }

    public boolean isOutput(final int layer) {
        return IntStream.of(outputs).anyMatch(output -> output == layer);
    }

    /** The layer from which a projection leads up; the lower layer of a direct edge. */
    public int from(final int edge) {
        return edge < from.length ? from[edge] : directFrom[edge - from.length];
    }

    /** The layer into which a projection leads; the output of a direct edge. */
    public int to(final int edge) {
        return edge < to.length ? to[edge] : directTo[edge - to.length];
    }

    /** The projections into a layer, in the order in which their sums are added. */
    public int[] into(final int layer) {
        return into[layer].clone();
    }

    /** The projections out of a layer, in the order of their numbers. */
    public int[] outOf(final int layer) {
        return outOf[layer].clone();
    }

    /** Whether an edge sends an echo down. An input needs none. A layer with direct feedback takes none from a projection. */
    public boolean sendsEcho(final int edge) {
        return leadsDown(edge) && from(edge) >= inputs;
    }

    /** L: ticks from a frame to the answer of the highest output. */
    public int latency() {
        return latency;
    }

    /** Ticks from a frame to what a layer makes of it. */
    public int level(final int layer) {
        return level[layer];
    }

    /** The layers that have weights, from the lowest level up. */
    public int[] upwards() {
        return IntStream.range(inputs, level.length).boxed()
            .sorted(Comparator.comparing(l -> level[l])).mapToInt(l -> l).toArray();
    }

    /** d: how long an edge waits, both ways: the age of the activation that goes up, and of the echo that is taken. */
    public int delay(final int edge) {
        return delay[edge];
    }

    /** p = min(d+R, 2L-l-k): the age of the activation that the error of the upper layer meets. */
    public int age(final int projection) {
        return age[projection];
    }

    /** q = min(R-1, 2(L-l)): the age of the layer's own activation whose slope its error meets. */
    public int slopeAge(final int layer) {
        return slopeAge[layer];
    }

    /** T = l + q: the age of the target with which an output is compared. */
    public int targetAge(final int output) {
        return targetAge[output];
    }

    /** 2L - l: ticks from the first frame until a layer learns. By then the errors of all outputs have arrived. */
    public int gate(final int layer) {
        return gate[layer];
    }

    /** L - l: ticks from when learning is turned on until a layer has an error. By then all of its echoes are new. */
    public int echoGate(final int layer) {
        return echoGate[layer];
    }

    /** The layer that copies a held frame of an input: its first reader. */
    public int holder(final int input) {
        return to[outOf[input][0]];
    }

    /**
     * The other layers with which a layer exchanges vectors: a layer begins a tick when all of them have completed the tick before.
     * The readers of one input exchange the frames that its holder copies.
     */
    public int[] neighbours(final int layer) {
        final IntStream below = IntStream.of(into[layer]).map(this::from).flatMap(
            lower -> lower >= inputs ? IntStream.of(lower) : holder(lower) != layer ? IntStream.of(holder(lower)) : readers(lower));
        final IntStream above = IntStream.of(outOf[layer]).map(this::to);
        final IntStream direct = IntStream.rangeClosed(from.length, edges()).filter(edge -> from(edge) == layer || to(edge) == layer)
            .flatMap(edge -> IntStream.of(from(edge), to(edge)));
        return IntStream.concat(IntStream.concat(below, above), direct).filter(other -> other != layer).sorted().distinct().toArray();
    }

    private IntStream readers(final int input) {
        return IntStream.of(outOf[input]).map(this::to);
    }

    /** The numbers of a wiring that a test may shift. */
    enum Number {
        AGE, SLOPE_AGE, TARGET_AGE, GATE, ECHO_GATE
    }

    /** The same wiring with one more number off, which only tests want. */
    Wiring shifted(final Number what, final int of, final int by) {
        final Wiring wrong = new Wiring(balance, level.length, from, to, length, outputs, window, feedback, direct);
        for (final Number number : Number.values()) {
            final int[] mine = numbers(number);
            System.arraycopy(mine, 0, wrong.numbers(number), 0, mine.length);
        }
        wrong.numbers(what)[of] += by;
        return wrong;
    }

    private int[] numbers(final Number what) {
        return switch (what) {
            case AGE -> age;
            case SLOPE_AGE -> slopeAge;
            case TARGET_AGE -> targetAge;
            case GATE -> gate;
            case ECHO_GATE -> echoGate;
        };
    }

    /** Every number that decides what a network computes: layers, inputs, outputs, projections, delays and ages. */
    int[] numbers() {
        final IntStream.Builder numbers = IntStream.builder().add(layers()).add(inputs).add(outputs.length);
        for (final int output : outputs) {
            numbers.add(output).add(targetAge(output));
        }
        numbers.add(projections());
        for (int k = 1; k < from.length; k++) {
            numbers.add(from[k]).add(to[k]).add(delay(k)).add(age(k));
        }
        for (int l = inputs; l < level.length; l++) {
            numbers.add(slopeAge(l)).add(gate(l)).add(echoGate(l));
        }
        return numbers.build().toArray();
    }

    /** Every number that decides how errors come down. Empty if all of them come down by the transposed weights. */
    int[] feedbackNumbers() {
        final int[] codes = IntStream.range(1, from.length).map(k -> sendsEcho(k) ? feedback[k].ordinal() : 0).toArray();
        // Nothing leads down to a layer with no projection out of it.
        final int[] layers = IntStream.of(direct).filter(l -> outOf[l].length > 0).toArray();
        if (layers.length == 0 && IntStream.of(codes).allMatch(code -> code == Feedback.TRANSPOSE.ordinal())) {
            return new int[0];
        }
        return IntStream.concat(IntStream.of(codes), IntStream.concat(IntStream.of(layers.length), IntStream.of(layers))).toArray();
    }
}
