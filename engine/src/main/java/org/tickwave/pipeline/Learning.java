package org.tickwave.pipeline;

/** What the source says about learning; it holds from the next commit on, for every layer. */
public class Learning {
    /** -rate / K: what one tick teaches. */
    float minusRate;
    boolean on;
    /** t0: the tick of the first frame, of the last reset or of the last setting of weights. */
    long origin;
    /** t1: the tick in which learning was last turned on. */
    long onSince;
    /** The tick in which it was last turned off; before it echoes are of their time. */
    private long offSince;

    /** @param perTick rate / K */
    public Learning(final float perTick, final boolean on) {
        rate(perTick);
        this.on = on;
    }

    void copy(final Learning from) {
        minusRate = from.minusRate;
        on = from.on;
        origin = from.origin;
        onSince = from.onSince;
    }

    public final void rate(final float perTick) {
        minusRate = -perTick;
    }

    /** @param tick the next one */
    public final void on(final boolean learn, final long tick) {
        if (learn && !on && tick > offSince) {
            onSince = tick;
        }
        if (!learn && on) {
            offSince = tick;
        }
        on = learn;
    }

    /** The waves that are under way are not of this network: nothing is learnt before new ones have met. */
    public final void restart(final long tick) {
        origin = tick;
    }
}
