package org.tickwave.bench.peer;

import java.util.function.BiFunction;
import java.util.function.Supplier;

/** The ways to train a chain that are measured beside each other. */
public enum Peer {
    /** Plain Java loops. */
    PLAIN((chain, threads) -> new PlainStep(chain)),
    /** This engine's sequential backprop. */
    BACKPROP((chain, threads) -> new BackpropStep(chain)),
    /** The Java BLAS of dev.ludovic.netlib on the Vector API. */
    NETLIB((chain, threads) -> new NetlibStep(chain)),
    /** OpenBLAS through the Foreign Function API. */
    OPENBLAS((chain, threads) -> new NativeStep(chain, NativeBlas.Library.OPENBLAS, threads), NativeBlas.Library.OPENBLAS::missing),
    /** BLIS through the Foreign Function API. */
    BLIS((chain, threads) -> new NativeStep(chain, NativeBlas.Library.BLIS, threads), NativeBlas.Library.BLIS::missing),
    /** A tick of this engine under the aligned rule, with a new frame in every tick. */
    TICK(TickStep::new);

    private final BiFunction<Chain, Integer, TrainingStep> open;
    private final Supplier<String> missing;

    Peer(final BiFunction<Chain, Integer, TrainingStep> open) {
        this(open, () -> null);
    }

    Peer(final BiFunction<Chain, Integer, TrainingStep> open, final Supplier<String> missing) {
        this.open = open;
        this.missing = missing;
    }

    /** Why this peer cannot run on this machine, in one line; null if it can. Loads its native library. */
    public String missing() {
        return missing.get();
    }

    /**
     * Opens this peer.
     *
     * @param chain   the network with its start weights, which are copied
     * @param threads of a native BLAS or of the ticks; the other peers have one thread
     * @return a step whose rate is not set
     * @throws IllegalStateException    if a library is missing
     * @throws IllegalArgumentException if the number of threads is out of range
     */
    public TrainingStep open(final Chain chain, final int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads " + threads + ": expected at least 1");
        }
        return open.apply(chain, threads);
    }
}
