package org.tickwave;

import java.lang.foreign.Arena;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.tickwave.layout.Feedback;

/**
 * Has everything compiled that the ticks of an engine run: first each kernel by itself, on scratch memory, then whole ticks of
 * scratch engines. All of it runs on the calling thread.
 */
final class WarmUp {
    /** How long one {@link Engine#open} may warm. */
    static final long LIMIT_NS = 10_000_000_000L;

    /** Rounds in a row in which a kernel has to be quiet. */
    private static final int QUIET = 4;
    /** At least: the JVM adapts a method handle to its target, and allocates for that, in the 127th call. */
    private static final int ROUNDS = 30;
    /** Where allocated bytes are not counted: some 20,000 calls of each kernel, after which the JVM has C2 compile any method. */
    private static final int ROUNDS_WITHOUT_BYTES = 100;
    /**
     * At least: after 5,000 calls of a method the JVM has C2 compile the method. When it asks C2 for a class's first method, it
     * creates the string constants of that class, on the thread that makes the call.
     */
    private static final int TICK_ROUNDS = 200;
    private static final int TICKS_QUIET = 20;
    /** On a busy machine the JVM asks late. So ticks go on while anything is compiled, which may be the application's own code. */
    private static final int MOST_TICK_ROUNDS = 1_000;
    /** Leaves the core to the compiler. */
    private static final long PAUSE_NS = 5_000_000L;

    /** Calls to make until what they run is compiled. */
    interface Calls {
        int count();

        /**
         * Makes one of the calls, some times.
         *
         * @param which from 0 to count() - 1
         * @param round how often the call was made before
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

    /** The kernels and the kind of arena decide what is compiled. Widths, depth, delays and threads do not. */
    private static String key(final Network network, final Context context, final boolean confined) {
        final Set<Object> kernels = new TreeSet<>(Comparator.comparing(Object::toString));
        IntStream.rangeClosed(network.inputs(), network.last()).mapToObj(network::activation).forEach(kernels::add);
        IntStream.of(network.outputs()).mapToObj(network::loss).forEach(kernels::add);
        Stream.of(Feedback.values()).filter(network.wiring()::takesEchoesBy).forEach(kernels::add);
        return kernels + " " + network.activation(network.last()) + (ScratchNetworks.isPlainChain(network) ? "" : " graph") + (ScratchNetworks.addsErrors(network) ? " adds" : "")
            + (context.clips() ? " clip" : "") + (confined ? " confined" : "");
    }

    private boolean all() {
        try (Arena arena = confined ? Arena.ofConfined() : Arena.ofShared()) {
            final KernelCalls kernels = new KernelCalls(network, context.clips(), arena);
            if (!(sign.exact() ? compiled(kernels, ROUNDS, QUIET) : compiled(kernels, ROUNDS_WITHOUT_BYTES, 0))) {
                return false;
            }
            try (TickCalls ticks = new TickCalls(network, context, arena, confined)) {
                if (!compiled(ticks, TICK_ROUNDS, sign.exact() ? TICKS_QUIET : 1)) {
                    return false;
                }
                finish(ticks);
                return true;
            }
        }
    }

    /** Lets the compiler finish: no tick boxes a vector any more, but one may create the string constants of its class. */
    private void finish(final TickCalls ticks) {
        boolean time = true;
        for (int round = TICK_ROUNDS; time && round < MOST_TICK_ROUNDS && !sign.still(); round += TICKS_QUIET) {
            time = compiled(ticks, TICKS_QUIET, TICKS_QUIET);
        }
    }

    /**
     * Makes the calls in turn, so that the compiler always has something to do.
     *
     * @param leastRounds  how often to make each call, at least
     * @param quietRounds  how often in a row each call has to be quiet
     * @return false if the time ran out before that, or if calls are not quiet and the compiler does nothing about it: without C2,
     *         kernels box their vectors for ever
     */
    private boolean compiled(final Calls calls, final int leastRounds, final int quietRounds) {
        final int[] quiet = new int[calls.count()];
        int cold = quiet.length;
        for (int round = 0; round < leastRounds || cold > 0; round++) {
            cold = 0;
            boolean pause = false;
            for (int c = 0; c < quiet.length; c++) {
                if (System.nanoTime() - fromNs > context.warmUpLimitNs) {
                    return false;
                }
                if (round < leastRounds || quiet[c] < quietRounds) {
                    sign.before();
                    calls.run(c, round);
                    quiet[c] = sign.quiet() ? quiet[c] + 1 : 0;
                    cold += quiet[c] < quietRounds ? 1 : 0;
                    pause |= quiet[c] == 0;
                }
            }
            if (pause) {
                if (round >= leastRounds && sign.stalled()) {
                    return false;
                }
                LockSupport.parkNanos(PAUSE_NS);
            }
        }
        return true;
    }
}
