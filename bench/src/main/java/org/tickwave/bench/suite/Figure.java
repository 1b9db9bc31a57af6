package org.tickwave.bench.suite;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.tickwave.bench.forks.Spread;

/**
 * What an entry of the plan came to.
 *
 * @param entry  the entry
 * @param forks  at least one, by rounds
 * @param spread of the forks, in ns for an operation of the figure
 */
record Figure(Entry entry, List<Fork> forks, Spread spread) {
    static Figure of(final Entry entry, final List<Fork> forks) {
        return new Figure(entry, List.copyOf(forks), Spread.of(forks.stream().map(fork -> fork.scaled(entry.scale())).toList(), false));
    }

    /** Bytes allocated in an operation of the figure; null if not known. */
    Double allocated() {
        final List<Double> bytes = forks.stream().map(Fork::bytes).filter(Objects::nonNull).toList();
        return bytes.isEmpty() ? null : (Double) (Fork.median(bytes) * entry.scale());
    }

    /** Read and written by an operation of the figure; null if not known. */
    Double bytes() {
        return entry.bytes() == null ? counted(Fork.Counted::bytes) : entry.bytes();
    }

    /** Multiply-adds of an operation of the figure; null if their number is not known. */
    Double madds() {
        return entry.madds() == null ? counted(Fork.Counted::madds) : entry.madds();
    }

    /** What the benchmark has counted. In the time of JMH's operation each of JMH's threads makes one. */
    private Double counted(final Function<Fork.Counted, Double> what) {
        return forks.stream().map(Fork::counted).map(what).filter(Objects::nonNull).min(Double::compare)
            .map(each -> each * entry.scale() * entry.what().threads()).orElse(null);
    }

    /** GB/s by the median; null if the bytes are not known. */
    Double bytesPerNs() {
        return bytes() == null ? null : (Double) (bytes() / spread.median());
    }

    /** Thousand millions of multiply-adds a second by the median; null if their number is not known. */
    Double maddsPerNs() {
        return madds() == null ? null : (Double) (madds() / spread.median());
    }

    Tail tail() {
        return Tail.of(forks, entry.scale());
    }
}
