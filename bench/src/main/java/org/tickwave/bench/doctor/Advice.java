package org.tickwave.bench.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.tickwave.bench.report.Units;

/**
 * A suggested change.
 *
 * @param why     the reason for the change
 * @param command a command that makes the change, or that starts a run with it
 */
record Advice(String why, String command) {
    private static final String RUN = "./tickwave run";
    private static final String HUGE = "glibc.malloc.hugetlb";
    private static final Set<String> AVAILABLE_MODES = Set.of("madvise", "always");
    /** A spinning thread is later than this only if another process uses the core. */
    private static final long UNDISTURBED_NS = 200_000;

    static List<Advice> on(final Findings findings) {
        final List<Advice> all = new ArrayList<>();
        flags(findings.jdk(), all);
        if (!disturbed(findings.waits())) {
            lanes(findings.lanes(), all);
        }
        cores(findings.cores(), all);
        pages(findings.pages(), all);
        waits(findings.waits(), all);
        return List.copyOf(all);
    }

    private static void flags(final Jdk jdk, final List<Advice> all) {
        for (final Jdk.SlowFlag slow : jdk.slowing()) {
            all.add(new Advice(slow.flag() + " costs speed", without(slow.from(), slow.flag())));
        }
        for (final Jdk.LauncherFlag flag : jdk.ours()) {
            final boolean contradicted = flag.status().equals(Jdk.CONTRADICTED);
            if (contradicted && flag.flag().equals(Jdk.COLLECTOR)) {
                all.add(new Advice(flag.by() + ": a run makes no garbage, but this collector's threads occupy cores", unset(flag.by())));
            } else if (contradicted && flag.flag().equals(Jdk.NO_STATISTICS)) {
                all.add(new Advice(flag.by() + ": the JVM may stall while it writes statistics to a memory-mapped file", unset(flag.by())));
            } else if (flag.status().equals(Jdk.MISSING) && flag.flag().equals(Jdk.NO_STATISTICS)) {
                all.add(new Advice("without " + flag.flag() + " the JVM may stall while it writes statistics to a memory-mapped file",
                    "java " + flag.flag() + " ..."));
            }
        }
    }

    /** @param by {@code FLAG} or {@code FLAG in VARIABLE} */
    private static String unset(final String by) {
        final String[] words = by.split(" in ");
        return without(words.length > 1 ? words[1] : null, words[0]);
    }

    private static String without(final String variable, final String flag) {
        return variable == null ? "java ... without " + flag : "export " + variable + "=\"${" + variable + "//" + flag + "}\"";
    }

    private static void lanes(final LaneWidths lanes, final List<Advice> all) {
        if (lanes.better() != null && lanes.better() != lanes.bits()) {
            final String why = lanes.gain() == null
                ? "the fused pass could not be timed with " + lanes.bits() + " bits"
                : String.format(Locale.ROOT, "the fused pass is %.2f times as fast as with %d bits", lanes.gain(), lanes.bits());
            all.add(new Advice(lanes.better() + "-bit vectors: " + why, RUN + " --lanes " + lanes.better()));
        }
    }

    private static void cores(final Cores cores, final List<Advice> all) {
        final Double limit = cores.containerLimit();
        if (limit != null && limit < cores.available()) {
            all.add(new Advice(
                String.format(Locale.ROOT, "the container's CPU limit is %s for %d processors: "
                    + "spinning threads are throttled once the quota is used up", Units.number(limit), cores.available()),
                "docker run --cpus=" + cores.available() + " ..."));
        }
        if (cores.governors() != null && !cores.governors().equals(List.of("performance"))) {
            all.add(new Advice(
                "frequency governor " + String.join(", ", cores.governors()) + ": after a wait, a core is slow at first",
                "sudo cpupower frequency-set -g performance"));
        }
        if (cores.shared() != null && !cores.shared().isEmpty() && cores.cores() > 1) {
            final String onePerCore = cores.shared().stream().map(list -> list.split("[-,]")[0]).collect(Collectors.joining(","));
            if (onePerCore.contains(",")) {
                all.add(new Advice("hardware threads share cores: two bands on one core share its cache",
                    "taskset -c " + onePerCore + " " + RUN));
            }
        }
    }

    private static void pages(final Pages pages, final List<Advice> all) {
        final String directory = "/" + Pages.TRANSPARENT;
        if (pages.transparent() == null || pages.imageHugeBytes() == null) {
            return;
        }
        if (pages.transparent().equals("never")) {
            all.add(new Advice("transparent huge pages are disabled", "echo madvise | sudo tee " + directory + "enabled"));
        } else if (AVAILABLE_MODES.contains(pages.transparent()) && pages.imageHugeBytes() == 0) {
            final String tunables = pages.glibcTunables() == null ? "" : pages.glibcTunables();
            if (tunables.contains(HUGE + "=0")) {
                all.add(new Advice("GLIBC_TUNABLES sets " + HUGE + "=0: an image gets no huge pages", "unset GLIBC_TUNABLES"));
            } else if (!tunables.contains(HUGE)) {
                all.add(new Advice("glibc does not request huge pages: an image gets no huge pages",
                    "export GLIBC_TUNABLES=" + HUGE + "=1:glibc.malloc.mmap_threshold=" + (2 << 20)));
            } else if ("never".equals(pages.defrag())) {
                all.add(new Advice("glibc requests huge pages, but an image got none: the kernel does not defragment memory for them",
                    "echo madvise | sudo tee " + directory + "defrag"));
            } else if (tunables.contains(HUGE + "=1")) {
                all.add(new Advice("GLIBC_TUNABLES requests huge pages, but an image got none: glibc supports this from version 2.35",
                    "getconf GNU_LIBC_VERSION"));
            }
        }
    }

    /** Whether other processes distort the measured times so much that lane widths cannot be compared. */
    private static boolean disturbed(final Lateness.Waits waits) {
        return waits.spin().p99() > UNDISTURBED_NS;
    }

    private static void waits(final Lateness.Waits waits, final List<Advice> all) {
        if (disturbed(waits)) {
            all.add(new Advice(
                "1 % of spinning waits end at least " + Units.time(waits.spin().p99())
                    + " late: another process uses the core, so the measured times mean little",
                "ps -eo pcpu,pid,comm --sort=-pcpu | head"));
        }
    }
}
