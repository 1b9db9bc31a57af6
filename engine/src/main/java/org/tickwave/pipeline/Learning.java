package org.tickwave.pipeline;

/** The source's settings for learning. They take effect with the next commit, in every layer. */
public class Learning {
    /** -rate / K, the negative rate of one tick. */
    float minusRate;
    boolean on;
    /** t0: the tick of the first frame, of the last reset or of the last change of weights. */
    long origin;
    /** t1: the tick in which learning was last turned on. */
    long onSince;
    /** The tick in which learning was last turned off. If no tick runs between off and on, the echoes are still current. */
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

    /** @param tick the next tick */
    public final void on(final boolean learn, final long tick) {
        if (learn && !on && tick > offSince) {
            onSince = tick;
        }
        if (!learn && on) {
            offSince = tick;
        }
        on = learn;
    }

    /** The present waves belong to other weights or another recording: no layer learns until new waves have met. */
    public final void restart(final long tick) {
        origin = tick;
    }
}
