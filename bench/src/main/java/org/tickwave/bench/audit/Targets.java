package org.tickwave.bench.audit;

import java.util.Arrays;
import org.tickwave.bench.keep.Archive;
import org.tickwave.bench.keep.Kept;

/** The targets of the newest frames. The engine does not show its targets. Recording allocates nothing. For one thread. */
final class Targets implements Kept {
    private final long[] since;
    private final boolean[] given;
    private final float[][] targets;
    private long count;

    /**
     * @param oldest the age in ticks of the oldest frame that is asked for
     * @param width  the numbers of all outputs
     */
    Targets(final int oldest, final int width) {
        since = new long[oldest + 2];
        given = new boolean[oldest + 2];
        targets = new float[oldest + 2][width];
    }

    /** Bytes of heap, by the parameters of the constructor. */
    static long bytes(final int oldest, final int width) {
        return (oldest + 2) * (Long.BYTES + 1 + AuditCopy.bytes(width));
    }

    /**
     * Records the target of a frame. The frame is held until the next one.
     *
     * @param tick   the tick that takes the frame; later than the tick of the frame before
     * @param target the targets of all outputs, one after the other; copied; null if the frame has no target
     */
    void fed(final long tick, final float[] target) {
        final int slot = (int) (count++ % since.length);
        since[slot] = tick;
        given[slot] = target != null;
        if (target != null) {
            System.arraycopy(target, 0, targets[slot], 0, targets[slot].length);
        }
    }

    /**
     * Copies the target that was there in a tick.
     *
     * @return false if there was no target
     */
    boolean copy(final long tick, final float[] to) {
        for (long i = count - 1; i >= Math.max(0, count - since.length); i--) {
            final int slot = (int) (i % since.length);
            if (since[slot] <= tick) {
                System.arraycopy(targets[slot], 0, to, 0, to.length);
                return given[slot];
            }
        }
        Arrays.fill(to, 0);
        return false;
    }

    @Override
    public void keep(final Archive archive) {
        count = archive.of(count);
        archive.all(since);
        archive.all(given);
        for (final float[] target : targets) {
            archive.all(target);
        }
    }
}
