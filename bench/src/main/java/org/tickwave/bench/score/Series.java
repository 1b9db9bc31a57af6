package org.tickwave.bench.score;

import java.util.Arrays;
import java.util.List;
import org.tickwave.bench.keep.Archive;
import org.tickwave.bench.keep.Kept;

/**
 * Means over parts of a series of unknown length, in bounded memory. Consecutive entries share a bucket. When all buckets are
 * full, neighbouring buckets are merged, and each bucket holds twice as many entries from then on. The means are exact up to
 * {@value #BUCKETS} entries. In a longer series, a bucket that is only partly inside the range counts in proportion.
 */
public final class Series implements Kept {
    public static final int BUCKETS = 4096;

    private final double[][] sums;
    private long perBucket = 1;
    private long count;

    /** @param channels number of values in an entry */
    public Series(final int channels) {
        sums = new double[channels][BUCKETS];
    }

    /** The sums of series of equal length, channel by channel. */
    static Series sum(final List<Series> all) {
        final Series sum = new Series(all.getFirst().sums.length);
        sum.perBucket = all.getFirst().perBucket;
        sum.count = all.getFirst().count;
        for (final Series one : all) {
            if (one.count != sum.count || one.sums.length != sum.sums.length) {
                throw new IllegalArgumentException("series of " + one.count + " and " + sum.count + " entries: expected equal numbers");
            }
            for (int c = 0; c < sum.sums.length; c++) {
                for (int i = 0; i < BUCKETS; i++) {
                    sum.sums[c][i] += one.sums[c][i];
                }
            }
        }
        return sum;
    }

    public long count() {
        return count;
    }

    /** Begins an entry with zero in every channel. */
    public void next() {
        if (count == perBucket * BUCKETS) {
            for (final double[] channel : sums) {
                for (int i = 0; i < BUCKETS / 2; i++) {
                    channel[i] = channel[2 * i] + channel[2 * i + 1];
                }
                Arrays.fill(channel, BUCKETS / 2, BUCKETS, 0);
            }
            perBucket *= 2;
        }
        count++;
    }

    /** Adds a value to a channel of the newest entry. */
    public void add(final int channel, final double value) {
        sums[channel][(int) ((count - 1) / perBucket)] += value;
    }

    /**
     * The mean of a channel over the entries from {@code from} inclusive to {@code to} exclusive.
     *
     * @return NaN if the range is empty
     */
    public double mean(final int channel, final long from, final long to) {
        double sum = 0;
        for (int i = (int) (from / perBucket); i < BUCKETS && i * perBucket < to; i++) {
            final long first = i * perBucket;
            final long size = Math.min(count - first, perBucket);
            final long within = Math.min(first + size, to) - Math.max(first, from);
            sum += within == size ? sums[channel][i] : sums[channel][i] * within / size;
        }
        return from < to ? sum / (to - from) : Double.NaN;
    }

    /** The mean of a channel over the first quarter of the entries; the quarter is rounded down. */
    public double firstQuarter(final int channel) {
        return mean(channel, 0, count / 4);
    }

    /** The mean of a channel over the last quarter of the entries; the quarter is rounded down. */
    public double lastQuarter(final int channel) {
        return mean(channel, count - count / 4, count);
    }

    /** The mean of a channel over the second half of the entries. */
    public double secondHalf(final int channel) {
        return mean(channel, count / 2, count);
    }

    @Override
    public void keep(final Archive archive) {
        archive.section("series");
        for (final double[] channel : sums) {
            archive.all(channel);
        }
        perBucket = archive.of(perBucket);
        count = archive.of(count);
    }
}
