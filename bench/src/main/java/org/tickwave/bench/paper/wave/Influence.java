package org.tickwave.bench.paper.wave;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Which frames are in a layer in a tick, found by experiment: one frame is changed alone, and the network runs again from tick 0. */
public final class Influence {
    private final Trace base;
    /** At the index of each frame: the run with another frame, and the run with another target. */
    private final Trace[] otherFrame;
    private final Trace[] otherTarget;
    private final float slack;

    private Influence(final Trace base, final Trace[] otherFrame, final Trace[] otherTarget, final float slack) {
        this.base = base;
        this.otherFrame = otherFrame;
        this.otherTarget = otherTarget;
        this.slack = slack;
    }

    /** Any changed bit is a change. */
    public static Influence of(final Setting setting, final Signals signals, final int ticks) {
        return of(setting, signals, ticks, 0);
    }

    /** @param slack a number is changed if it moves by more than this; 0 for any changed bit */
    public static Influence of(final Setting setting, final Signals signals, final int ticks, final float slack) {
        return new Influence(Trace.of(setting, signals, ticks),
            IntStream.range(0, ticks).mapToObj(s -> Trace.of(setting, signals.withFrameChanged(s), ticks)).toArray(Trace[]::new),
            IntStream.range(0, ticks).mapToObj(s -> Trace.of(setting, signals.withTargetChanged(s), ticks)).toArray(Trace[]::new), slack);
    }

    /** The run without a change. */
    public Trace base() {
        return base;
    }

    /** The frames whose input changes the activation. */
    public List<Integer> forward(final int layer, final int tick) {
        return IntStream.range(0, otherFrame.length)
            .filter(s -> differ(base.activation(layer, tick), otherFrame[s].activation(layer, tick))).boxed().toList();
    }

    /** The frames whose target changes the error. */
    public List<Integer> targets(final int layer, final int tick) {
        return errors(otherTarget, layer, tick);
    }

    /** The frames whose input changes the error. */
    public List<Integer> inputs(final int layer, final int tick) {
        return errors(otherFrame, layer, tick);
    }

    private List<Integer> errors(final Trace[] other, final int layer, final int tick) {
        return base.error(layer, tick) == null ? List.of() : IntStream.range(0, other.length)
            .filter(s -> differ(base.error(layer, tick), other[s].error(layer, tick))).boxed().toList();
    }

    private boolean differ(final float[] a, final float[] b) {
        return slack == 0 ? !Arrays.equals(a, b) : IntStream.range(0, a.length).anyMatch(i -> Math.abs(a[i] - b[i]) > slack);
    }
}
