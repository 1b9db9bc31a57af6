package org.tickwave.bench.peer;

/**
 * Opens a {@link Peer} of a module that only a Maven profile builds, since its libraries are large. {@link java.util.ServiceLoader} finds the
 * provider where the module is on the class path.
 */
public interface PeerProvider {
    /** Whom this provider opens. */
    Peer peer();

    /** Why the peer cannot run on this machine, in one line; null if it can. Loads its native library. */
    String missing();

    /**
     * Opens the peer.
     *
     * @param chain   the network with its start weights, which are copied
     * @param threads at least 1
     * @param batch   frames of a batch, at least 1
     * @return a step whose rate is not set
     */
    TrainingStep open(Chain chain, int threads, int batch);
}
