package org.tickwave.bench.watch;

import java.util.ArrayDeque;

/** Ticks a second, over the last second or so. For one thread. */
final class Speed {
    private static final long SPAN_NS = 1_000_000_000L;

    private record Mark(long ns, long ticks) {
    }

    private final ArrayDeque<Mark> marks = new ArrayDeque<>();
    private long movedNs;

    /** @return NaN at the first call */
    double perSecond(final long nowNs, final long ticks) {
        if (marks.isEmpty() || marks.getLast().ticks != ticks) {
            movedNs = nowNs;
        }
        marks.add(new Mark(nowNs, ticks));
        while (marks.size() > 2 && nowNs - marks.getFirst().ns > SPAN_NS) {
            marks.removeFirst();
        }
        final Mark first = marks.getFirst();
        return nowNs == first.ns ? Double.NaN : (ticks - first.ticks) * 1e9 / (nowNs - first.ns);
    }

    /** Whether a tick was completed lately, by the calls so far. An engine rests between two frames, and is watched as one that ticks. */
    boolean moving() {
        return !marks.isEmpty() && !rests(SPAN_NS);
    }

    /** Whether no tick was completed for as long as the given time, at the last call. */
    boolean rests(final long forNs) {
        return marks.getLast().ns - movedNs >= forNs;
    }
}
