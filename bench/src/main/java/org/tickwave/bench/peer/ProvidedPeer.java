package org.tickwave.bench.peer;

/** A peer of a module that only a Maven profile builds. */
final class ProvidedPeer {
    private final String name;
    private final String profile;
    private final PeerProvider provider;

    /** @param provider null if the module is not on the class path */
    ProvidedPeer(final String name, final String profile, final PeerProvider provider) {
        this.name = name;
        this.profile = profile;
        this.provider = provider;
    }

    /** Why this peer cannot run, in one line; null if it can. */
    String missing() {
        return provider == null ? name + " is missing: expected TICKWAVE_PROFILES=" + profile + " ./tickwave ..." : provider.missing();
    }

    TrainingStep open(final Chain chain, final int threads, final int batch) {
        final String missing = missing();
        if (missing != null) {
            throw new IllegalStateException(missing);
        }
        return provider.open(chain, threads, batch);
    }
}
