package org.tickwave.kernel;

import static org.tickwave.kernel.Lanes.PANEL_ROW;
import static org.tickwave.kernel.Lanes.VECTOR;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;

/**
 * The passes over the weights W of one projection. A pass has up to three parts, and reads and writes W once for all of them:
 * <ul>
 * <li>{@link #FORWARD}: a += W x</li>
 * <li>{@link #BACKWARD}: e = W&#7488; delta, with the old W</li>
 * <li>{@link #LEARN}: W += delta &otimes; taught</li>
 * </ul>
 *
 * <p>An echo that is not made with the transposed W takes a pass of its own: {@link #BACKWARD} over another matrix, or
 * {@link #SIGNS} over W, before W learns. One loop for all would pass C2's node budget.
 *
 * <p>Order of sums: a_i: sixteen running sums; sum v takes the columns v, v+16, v+32, ... in order. {@link Fold} adds the sixteen
 * sums. e_j: row by row, from zero.
 */
public final class Passes {
    public static final int FORWARD = 1;
    public static final int BACKWARD = 2;
    public static final int LEARN = 4;
    /** With BACKWARD: e = sign(W)&#7488; delta. The sign of a zero is zero. */
    public static final int SIGNS = 8;

    /** The upper layer has no error: its activation goes up, and the echo is zero. */
    public static final int NO_ERROR = 0;
    /** Both waves pass, and the weights stay as they are. */
    public static final int PASSING = 1;
    /** Both waves pass, and the weights learn. */
    public static final int LEARNING = 2;

    private static final MethodHandle[] PANELS = new MethodHandle[16];
    /** The loop over two panels at once; null for passes whose vectors fill the registers with one. */
    private static final MethodHandle[] PAIRS = new MethodHandle[16];

    static {
        PAIRS[BACKWARD] = OutOfLine.method(MethodHandles.lookup(), Panels.class, "backwardTwo");
        panels(FORWARD, "forward");
        panels(FORWARD | LEARN, "forwardLearn");
        panels(FORWARD | BACKWARD, "forwardBackward");
        panels(FORWARD | BACKWARD | LEARN, "fused");
        panels(BACKWARD | LEARN, "backwardLearn");
        panels(LEARN, "learn");
        panels(BACKWARD, "backward");
        panels(BACKWARD | SIGNS, "backwardSigns");
    }

    private Passes() {
    }

    private static void panels(final int parts, final String loop) {
        PANELS[parts] = OutOfLine.method(MethodHandles.lookup(), Panels.class, loop);
    }

    /**
     * The pass of a projection over its weights, chosen once: its parts for NO_ERROR, PASSING and LEARNING.
     *
     * @param makesEcho whether the pass makes the echo: not without an echo, and not if the echo takes a pass of its own
     */
    public static int[] table(final boolean makesEcho) {
        final int passing = makesEcho ? FORWARD | BACKWARD : FORWARD;
        return new int[] {FORWARD, passing, passing | LEARN};
    }

    /**
     * Modifies partials if the pass goes forward, echo if it goes backward, and w if it learns. Nothing else.
     *
     * @param parts    FORWARD, BACKWARD and LEARN, added up; or BACKWARD with SIGNS
     * @param w        the weights, in panels; for BACKWARD alone any matrix
     * @param rows     neurons of the upper layer
     * @param groups   groups of 64 columns of w, and of each vector of the lower layer
     * @param x        forward: activation of the lower layer
     * @param taught   learn: past activation of the lower layer, as the rule says, times the negated rate: see {@link Scale}
     * @param delta    backward, learn: error of the upper layer
     * @param start    forward: the sums to start from: zeros, or partials to go on from the sums of another projection
     * @param partials forward: the sixteen sums of each row: see {@link Fold}
     * @param echo     backward: what the lower layer receives, before it multiplies by its own slope
     */
    public static void run(
        final int parts, final MemorySegment image, final long w, final int rows, final int groups, final long x, final long taught,
        final long delta, final long start, final long partials, final long echo) {
        final MethodHandle panel = PANELS[parts];
        final MethodHandle pair = PAIRS[parts];
        long at = w;
        try {
            for (int part = 0; part < Lanes.PARTS; part++) {
                final long sums = part * Lanes.partBytes(rows);
                for (int group = 0, taken; group < groups; group += taken) {
                    final long columns = (long) group * Lanes.GROUP + part * VECTOR;
                    taken = pair != null && group + 1 < groups ? 2 : 1;
                    (taken == 2 ? pair : panel).invokeExact(
                        image, at, rows, x + columns, taught + columns, delta, (group == 0 ? start : partials) + sums,
                        partials + sums, echo + columns);
                    at += (long) taken * rows * PANEL_ROW;
                }
            }
        } catch (final Throwable e) {
            throw OutOfLine.thrown(e);
        }
    }
}
