package org.tickwave.pipeline;

/** What bands tell, each on the thread that runs the band. A band has one thread at a time, so calls for one band do not overlap. */
public interface Observer {
    /** Hears nothing. */
    Observer DEAF = new Observer() {
        @Override
        public void tripped(final int band, final int layer, final long tick) {
        }

        @Override
        public void beginTick(final int band) {
        }

        @Override
        public void endTick(final int band, final long tick, final long workedNs, final long waitedNs) {
        }

        @Override
        public void failed(final Progress.Failure failure) {
        }
    };

    /** The guard refused a vector. */
    void tripped(int band, int layer, long tick);

    /** A tick begins that the band times. */
    void beginTick(int band);

    /**
     * The timed tick ends.
     *
     * @param workedNs how long the tick took
     * @param waitedNs how long the band waited before the tick; 0 if the band did not time the wait
     */
    void endTick(int band, long tick, long workedNs, long waitedNs);

    /** A band failed, and the bands stop. Called once for each band that fails. Throws nothing. */
    void failed(Progress.Failure failure);
}
