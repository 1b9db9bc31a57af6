package org.tickwave;

import java.lang.foreign.Arena;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * Has everything compiled that the ticks of an engine run: first each kernel by itself, on scratch memory, then whole ticks of
 * scratch engines. All of it runs on the calling thread.
 */
final class WarmUp {
    /** How long {@link Engine#open} may take for it. */
    static final long LIMIT_NS = 10_000_000_000L;

    /** Rounds in a row in which a kernel has to be quiet. */
    private static final int QUIET = 4;
    /** The JVM makes a method handle over, and allocates for that, when it is called the 127th time. */
    private static final int ROUNDS = 30;
    /** If the sign is not exact: after some 20,000 calls the JVM has been asked to compile everything. */
    private static final int ROUNDS_UNSURE = 100;
    /**
     * When the JVM is first asked to have C2 compile some method of a class, after 5,000 calls, it makes the strings of that
     * class, on the thread that calls.
     */
    private static final int TICK_ROUNDS = 200;
    private static final int TICKS_QUIET = 20;
    /** On a busy machine the JVM asks late: so they go on while the compiler does, which may be for something else in this JVM. */
    private static final int MOST_TICK_ROUNDS = 1_000;
    /** For the compiler, which may want the core. */
    private static final long PAUSE_NS = 5_000_000L;

    /** What is called until it is compiled. */
    interface Calls {
        int count();

        /**
         * Calls one of them, some times.
         *
         * @param which from 0 to count() - 1
         * @param round from 0
         */
        void run(int which, int round);
    }

    private static final Set<String> DONE = new HashSet<>();

    private final Network network;
    private final Context context;
    private final boolean confined;
    private final CompileSign sign;
    private final long fromNs = System.nanoTime();

    private WarmUp(final Network network, final Context context, final boolean confined, final CompileSign sign) {
        this.network = network;
        this.context = context;
        this.confined = confined;
        this.sign = sign;
    }

    /**
     * Warms what is not warm yet. A second caller waits for the first.
     *
     * @param confined whether the arena of the engine is confined to one thread
     * @return whether everything is compiled; if not, the next call tries again
     */
    static boolean run(final Network network, final Context context, final boolean confined) {
        return CompileSign.compiles() && run(network, context, confined, CompileSign.best());
    }

    static synchronized boolean run(
        final Network network, final Context context, final boolean confined, final CompileSign sign) {
        final String key = key(network, context, confined);
        if (DONE.contains(key)) {
            return true;
        }
        final boolean done = new WarmUp(network, context, confined, sign).all();
        if (done) {
            DONE.add(key);
        }
        return done;
    }

    /** What decides which code is compiled: the kernels, and the arena's kind. Widths, depth and delays do not. */
    private static String key(final Network network, final Context context, final boolean confined) {
        return network.activation(1) + " " + network.activation(network.layers()) + " " + network.loss()
            + (context.clips() ? " clip" : "") + (confined ? " confined" : "");
    }

    private boolean all() {
        try (Arena arena = confined ? Arena.ofConfined() : Arena.ofShared()) {
            final KernelCalls kernels = new KernelCalls(network, context.clips(), arena);
            if (!(sign.exact() ? compiled(kernels, ROUNDS, QUIET) : compiled(kernels, ROUNDS_UNSURE, 0))) {
                return false;
            }
            try (TickCalls ticks = new TickCalls(network, context, arena, confined)) {
                final boolean quiet = compiled(ticks, TICK_ROUNDS, sign.exact() ? TICKS_QUIET : 1);
                boolean more = quiet;
                for (int round = TICK_ROUNDS; more && round < MOST_TICK_ROUNDS && !sign.still(); round += TICKS_QUIET) {
                    more = compiled(ticks, TICKS_QUIET, TICKS_QUIET);
                }
                return quiet;
            }
        }
    }

    /** Calls all of them in turn, so that the compiler always has something to do, until each has been quiet. */
    private boolean compiled(final Calls calls, final int leastRounds, final int quietRounds) {
        final int[] quiet = new int[calls.count()];
        int cold = quiet.length;
        for (int round = 0; round < leastRounds || cold > 0; round++) {
            cold = 0;
            boolean paused = false;
            for (int c = 0; c < quiet.length; c++) {
                if (overdue()) {
                    return false;
                }
                if (round < leastRounds || quiet[c] < quietRounds) {
                    sign.before();
                    calls.run(c, round);
                    quiet[c] = sign.quiet() ? quiet[c] + 1 : 0;
                    cold += quiet[c] < quietRounds ? 1 : 0;
                    paused |= quiet[c] == 0;
                }
            }
            if (paused) {
                LockSupport.parkNanos(PAUSE_NS);
            }
        }
        return true;
    }

    private boolean overdue() {
        return System.nanoTime() - fromNs > context.warmUpLimitNs;
    }
}
