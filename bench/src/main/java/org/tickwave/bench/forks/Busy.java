package org.tickwave.bench.forks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** How many processors other programs keep busy. */
public final class Busy {
    /** More than this disturbs the forks. */
    public static final double LIMIT = 0.2;

    private static final Path STAT = Path.of("/proc/stat");
    private static final long SAMPLE_MS = 1_000;
    private static final int IDLE = 4;
    private static final int WAITING = 5;
    /** user, nice, system, idle, iowait, irq, softirq, steal; what follows is contained in user and nice */
    private static final int FIELDS = 9;

    /** What tells how many processors are busy. */
    public interface Gauge {
        double processors() throws Interrupted;
    }

    private Busy() {
    }

    /** What a user should be told where more than {@link #LIMIT} processors are busy. */
    public static String warning(final double processors) {
        return String.format(
            Locale.ROOT, "tickwave bench: warning: other programs keep %.1f processors busy: expected a quiet machine", processors);
    }

    /** Watches for a second, in which this program must do nothing. Where that cannot be seen, the load average of the last minute. */
    public static double processors() throws Interrupted {
        try {
            final String before = Files.readString(STAT);
            Thread.sleep(SAMPLE_MS);
            return between(before, Files.readString(STAT));
        } catch (final IOException e) {
            return Math.max(0, ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
        } catch (final InterruptedException e) {
            throw new Interrupted();
        }
    }

    /** Busy processors between two readings of /proc/stat. Time that a hypervisor took away counts as busy. */
    static double between(final String before, final String after) {
        final long[] first = times(before);
        final long[] second = times(after);
        final long processors = after.lines().filter(line -> line.matches("cpu[0-9].*")).count();
        final double all = second[0] - first[0];
        return all <= 0 ? 0 : (second[1] - first[1]) / all * processors;
    }

    /** All time, and busy time, of the line for all processors. */
    private static long[] times(final String stat) {
        final String[] fields = stat.lines().findFirst().orElse("").split(" +");
        final long[] times = new long[2];
        for (int i = 1; i < Math.min(FIELDS, fields.length); i++) {
            times[0] += Long.parseLong(fields[i]);
            times[1] += i == IDLE || i == WAITING ? 0 : Long.parseLong(fields[i]);
        }
        return times;
    }
}
