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
    /** R: how far an error looks back; 0 for diffusion. */
    private final int window;
    private final int[][] into;
    private final int[][] outOf;
    private final int[] level;
    /** The longest way from a layer to an output; without a way less than 0. */
    private final int[] climb;
    private final int latency;
    private final int[] delay;
    private final int[] age;
    private final int[] slopeAge;
    private final int[] targetAge;
    private final int[] gate;
    private final int[] echoGate;

    private Wiring(
        final Balance balance, final int layers, final int[] from, final int[] to, final int[] length, final int[] outputs,
        final int window) {
        this.balance = balance;
        this.from = from;
        this.to = to;
        this.length = length;
        this.outputs = outputs;
        this.window = window;
        into = projectionsBy(layers, to);
        outOf = projectionsBy(layers, from);
        inputs = (int) Arrays.stream(into).filter(projections -> projections.length == 0).count();
        for (int l = 0; l < inputs; l++) {
            if (into[l].length > 0) {
                throw new IllegalArgumentException("layer " + l + " has weights: expected the " + inputs + " inputs first");
            }
        }
        level = new int[layers];
        climb = new int[layers];
        Arrays.fill(climb, Integer.MIN_VALUE / 2);
        for (final int output : outputs) {
            climb[output] = 0;
        }
        if (balance == Balance.RECURRENT) {
            climbShortestWays();
        } else {
            climbLongestWays();
        }
        latency = IntStream.of(outputs).map(output -> level[output]).max().orElseThrow();
        delay = IntStream.range(0, to.length).map(k -> k == 0 ? 0 : delayOf(k)).toArray();
        age = IntStream.range(0, to.length).map(k -> k == 0 ? 0 : ageOf(k)).toArray();
        slopeAge = IntStream.range(0, layers).map(l -> window == DIFFUSION ? 0 : Math.min(window - 1, 2 * (latency - level[l]))).toArray();
        targetAge = IntStream.range(0, layers).map(l -> window == DIFFUSION ? 0 : level[l] + slopeAge[l]).toArray();
        gate = IntStream.range(0, layers).map(this::gateOf).toArray();
        echoGate = IntStream.range(0, layers).map(l -> balance == Balance.BALANCED ? latency - level[l] : climb[l]).toArray();
    }

    private int delayOf(final int projection) {
        return balance == Balance.BALANCED ? level[to[projection]] - level[from[projection]] - 1 : length[projection] - 1;
    }

    private int ageOf(final int projection) {
        return window == DIFFUSION ? delay[projection]
            : Math.min(delay[projection] + window, 2 * latency - level[to[projection]] - level[from[projection]]);
    }

    private static int[][] projectionsBy(final int layers, final int[] ends) {
        return IntStream.range(0, layers)
            .mapToObj(l -> IntStream.range(1, ends.length).filter(k -> ends[k] == l).toArray()).toArray(int[][]::new);
    }

    /** Ways of a graph without cycles. One more round than there are layers changes nothing. */
    private void climbLongestWays() {
        for (int round = 0; round < level.length; round++) {
            for (int k = 1; k < from.length; k++) {
                level[to[k]] = Math.max(level[to[k]], level[from[k]] + length[k]);
                climb[from[k]] = Math.max(climb[from[k]], climb[to[k]] + length[k]);
            }
        }
        for (int k = 1; k < from.length; k++) {
            if (level[to[k]] < level[from[k]] + length[k]) {
                throw new IllegalArgumentException("projection " + k + " from layer " + from[k] + " to layer " + to[k]
                    + " closes a cycle: expected a graph without cycles");
            }
        }
    }

    /** Cycles have no longest way. The level of a layer is then the shortest way from an input. */
    private void climbShortestWays() {
        Arrays.fill(level, inputs, level.length, IntStream.of(length).sum());
        for (int round = 0; round < level.length; round++) {
            for (int k = 1; k < from.length; k++) {
                level[to[k]] = Math.min(level[to[k]], level[from[k]] + length[k]);
            }
        }
        Arrays.fill(climb, 0);
    }

    private int gateOf(final int layer) {
        return switch (balance) {
            case BALANCED -> 2 * latency - level[layer];
            case IMMEDIATE -> IntStream.of(outputs)
                .map(output -> level[output] + longestWay(layer, output)).max().orElseThrow();
            case RECURRENT -> 0;
        };
    }

    /** The longest way from a layer up to another; less than 0, by far, if there is no way. */
    private int longestWay(final int layer, final int upTo) {
        final int[] way = new int[level.length];
        Arrays.fill(way, Integer.MIN_VALUE / 2);
        way[layer] = 0;
        for (int round = 0; round < level.length; round++) {
            for (int k = 1; k < from.length; k++) {
                way[to[k]] = Math.max(way[to[k]], way[from[k]] + length[k]);
            }
        }
        return way[upTo];
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
            IntStream.rangeClosed(0, projections).map(l -> 1).toArray(), new int[] {projections}, DIFFUSION);
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
            outputs.clone(), DIFFUSION);
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
        return new Wiring(balance, level.length, from, to, numbered(1, ticks), outputs, window);
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
        return new Wiring(balance, level.length, from, to, length, outputs, ticks);
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

    /** The layers that have a target. */
    public int[] outputs() {
        return outputs.clone();
    }

    public boolean isOutput(final int layer) {
        return IntStream.of(outputs).anyMatch(output -> output == layer);
    }

    /** The layer from which a projection leads up. */
    public int from(final int projection) {
        return from[projection];
    }

    /** The layer into which a projection leads. */
    public int to(final int projection) {
        return to[projection];
    }

    /** The projections into a layer, in the order in which their sums are added. */
    public int[] into(final int layer) {
        return into[layer].clone();
    }

    /** The projections out of a layer, in the order in which their echoes are added. */
    public int[] outOf(final int layer) {
        return outOf[layer].clone();
    }

    /** Whether a projection sends an echo down. An input needs none. */
    public boolean sendsEcho(final int projection) {
        return from[projection] >= inputs;
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

    /** d: how long a projection waits, both ways: the age of the activation that goes up, and of the echo that is taken. */
    public int delay(final int projection) {
        return delay[projection];
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
        return IntStream.concat(below, above).filter(other -> other != layer).sorted().distinct().toArray();
    }

    private IntStream readers(final int input) {
        return IntStream.of(outOf[input]).map(this::to);
    }

    /** The numbers of a wiring that a test may shift. */
    enum Number {
        AGE, SLOPE_AGE, TARGET_AGE, GATE, ECHO_GATE
    }

    /** The same wiring with one number off, which only tests want. */
    Wiring shifted(final Number what, final int of, final int by) {
        final Wiring wrong = new Wiring(balance, level.length, from, to, length, outputs, window);
        final int[] numbers = switch (what) {
            case AGE -> wrong.age;
            case SLOPE_AGE -> wrong.slopeAge;
            case TARGET_AGE -> wrong.targetAge;
            case GATE -> wrong.gate;
            case ECHO_GATE -> wrong.echoGate;
        };
        numbers[of] += by;
        return wrong;
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
}
