package org.tickwave.bench.suite;

import java.util.List;
import java.util.Objects;
import org.tickwave.bench.forks.ForkScore;
import org.tickwave.bench.forks.Spread;

/**
 * What an entry of the plan came to.
 *
 * @param entry  the entry
 * @param forks  at least one, by rounds
 * @param spread of the forks, in ns for an operation of the figure
 */
record Figure(Entry entry, List<Fork> forks, Spread spread) {
    /** Forks that differ by more are marked. */
    static final double MARK = 0.1;

    static Figure of(final Entry entry, final List<Fork> forks) {
        return new Figure(entry, List.copyOf(forks), Spread.of(forks.stream().map(fork -> fork.scaled(entry.scale())).toList(), false));
    }

    /** By how much the slowest fork is slower than the fastest one. */
    double disagreement() {
        final double[] scores = spread.forks().stream().mapToDouble(ForkScore::score).sorted().toArray();
        return scores[0] == 0 ? 0 : scores[scores.length - 1] / scores[0] - 1;
    }

    boolean marked() {
        return disagreement() > MARK;
    }

    /** Bytes allocated in an operation of the figure; null if not known. */
    Double allocated() {
        final List<Double> bytes = forks.stream().map(Fork::bytes).filter(Objects::nonNull).toList();
        return bytes.isEmpty() ? null : (Double) (Fork.median(bytes) * entry.scale());
    }

    /** GB/s by the median; null if the bytes are not known. */
    Double bytesPerNs() {
        return entry.bytes() == null ? null : (Double) (entry.bytes() / spread.median());
    }

    /** Thousand millions of multiply-adds a second by the median; null if their number is not known. */
    Double maddsPerNs() {
        return entry.madds() == null ? null : (Double) (entry.madds() / spread.median());
    }

    Tail tail() {
        return Tail.of(forks, entry.scale());
    }
}
