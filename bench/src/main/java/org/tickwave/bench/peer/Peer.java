package org.tickwave.bench.peer;

import java.util.ServiceLoader;
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
    /** PyTorch on the CPU through DJL, with batches of one frame or more. Its module is part of the build in a Maven profile only. */
    PYTORCH("PyTorch", "pytorch"),
    /** A tick of this engine under the aligned rule, with a new frame in every tick. */
    TICK(TickStep::new);

    private final Opener opener;
    private final Supplier<String> missing;

    private interface Opener {
        TrainingStep open(Chain chain, int threads, int batch);
    }

    private interface FrameByFrame {
        TrainingStep open(Chain chain, int threads);
    }

    Peer(final FrameByFrame opener) {
        this(opener, () -> null);
    }

    Peer(final FrameByFrame opener, final Supplier<String> missing) {
        this.missing = missing;
        this.opener = (chain, threads, batch) -> {
            if (batch != 1) {
                throw new IllegalArgumentException("batch " + batch + ": expected 1, since " + name() + " trains frame by frame");
            }
            return opener.open(chain, threads);
        };
    }

    Peer(final String library, final String profile) {
        missing = () -> provided(library, profile).missing();
        opener = (chain, threads, batch) -> provided(library, profile).open(chain, threads, batch);
    }

    private ProvidedPeer provided(final String library, final String profile) {
        final PeerProvider found = ServiceLoader.load(PeerProvider.class).stream().map(ServiceLoader.Provider::get)
            .filter(provider -> provider.peer() == this).findFirst().orElse(null);
        return new ProvidedPeer(library, profile, found);
    }

    /** Why this peer cannot run on this machine, in one line; null if it can. Loads its native library. */
    public String missing() {
        return missing.get();
    }

    /**
     * Opens this peer.
     *
     * @param chain   the network with its start weights, which are copied
     * @param threads of a native library or of the ticks; the other peers have one thread
     * @param batch   frames that the peer trains with at once
     * @return a step whose rate is not set
     * @throws IllegalStateException    if a library is missing
     * @throws IllegalArgumentException if the number of threads is out of range, or if this peer has no batches of this size
     */
    public TrainingStep open(final Chain chain, final int threads, final int batch) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads " + threads + ": expected at least 1");
        }
        if (batch < 1) {
            throw new IllegalArgumentException("batch " + batch + ": expected at least 1");
        }
        return opener.open(chain, threads, batch);
    }
}
