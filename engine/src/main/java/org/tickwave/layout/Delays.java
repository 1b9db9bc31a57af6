package org.tickwave.layout;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The delays of a rule on the edges of a network: levels, delays, ages and gates, in ticks. {@link Wiring} says what each number means.
 * No other class but {@link Ways} computes them.
 */
final class Delays {
    static final int DIFFUSION = 0;

    final int[] level;
    final int latency;
    /** Of each edge. */
    final int[] delay;
    /** Of each projection. */
    final int[] age;
    final int[] slopeAge;
    final int[] targetAge;
    final int[] gate;
    final int[] echoGate;
    private final Wiring.Balance balance;
    private final Edges edges;
    private final int window;

    /** @param window R: how far an error looks back; 0 for diffusion */
    Delays(final Wiring.Balance balance, final Edges edges, final int window) {
        this.balance = balance;
        this.edges = edges;
        this.window = window;
        level = balance == Wiring.Balance.RECURRENT ? Ways.shortest(edges) : Ways.longest(edges);
        latency = IntStream.of(edges.outputs).map(output -> level[output]).max().orElseThrow();
        delay = IntStream.rangeClosed(0, edges.count()).map(k -> k == 0 ? 0 : delayOf(k)).toArray();
        age = IntStream.rangeClosed(0, edges.projections()).map(k -> k == 0 ? 0 : ageOf(k)).toArray();
        slopeAge = IntStream.of(level).map(l -> window == DIFFUSION ? 0 : Math.min(window - 1, 2 * (latency - l))).toArray();
        targetAge = IntStream.range(0, edges.layers).map(l -> window == DIFFUSION ? 0 : level[l] + slopeAge[l]).toArray();
        gate = gates();
        echoGate = echoGates();
    }

    private int delayOf(final int edge) {
        return balance == Wiring.Balance.BALANCED ? level[edges.to(edge)] - level[edges.from(edge)] - 1 : edges.length(edge) - 1;
    }

    private int ageOf(final int projection) {
        return window == DIFFUSION ? delay[projection]
            : Math.min(delay[projection] + window, 2 * latency - level[edges.to[projection]] - level[edges.from[projection]]);
    }

    private int[] gates() {
        return switch (balance) {
            case BALANCED -> IntStream.of(level).map(l -> 2 * latency - l).toArray();
            case IMMEDIATE -> {
                final int[] gates = new int[level.length];
                Arrays.fill(gates, Integer.MIN_VALUE);
                for (final int output : edges.outputs) {
                    final int[] way = Ways.down(edges, level, output);
                    Arrays.setAll(gates, l -> Math.max(gates[l], level[output] + way[l]));
                }
                yield gates;
            }
            case RECURRENT -> new int[level.length];
        };
    }

    private int[] echoGates() {
        return switch (balance) {
            case BALANCED -> IntStream.of(level).map(l -> latency - l).toArray();
            case IMMEDIATE -> Ways.down(edges, level, edges.outputs);
            case RECURRENT -> IntStream.range(0, edges.layers)
                .map(l -> IntStream.of(edges.echoes(l)).map(edges::length).max().orElse(0)).toArray();
        };
    }

    /** The same delays with one number off, which only tests want. */
    Delays shifted(final Wiring.Number what, final int of, final int by) {
        final Delays wrong = new Delays(balance, edges, window);
        for (final Wiring.Number number : Wiring.Number.values()) {
            final int[] mine = numbers(number);
            System.arraycopy(mine, 0, wrong.numbers(number), 0, mine.length);
        }
        wrong.numbers(what)[of] += by;
        return wrong;
    }

    private int[] numbers(final Wiring.Number what) {
        return switch (what) {
            case AGE -> age;
            case SLOPE_AGE -> slopeAge;
            case TARGET_AGE -> targetAge;
            case GATE -> gate;
            case ECHO_GATE -> echoGate;
        };
    }
}
