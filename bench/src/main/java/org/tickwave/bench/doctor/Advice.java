package org.tickwave.bench.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.tickwave.bench.report.Units;

/**
 * Something to change.
 *
 * @param why     it is to be changed
 * @param command that changes it, or starts a run that is better
 */
record Advice(String why, String command) {
    private static final String RUN = "./tickwave run";
    private static final String HUGE = "glibc.malloc.hugetlb";
    private static final Set<String> ASKABLE = Set.of("madvise", "always");
    /** A thread that spins is late by more than that only if something else has its core. */
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
        for (final Jdk.Slowing slowing : jdk.slowing()) {
            all.add(new Advice(slowing.flag() + " costs speed", without(slowing.from(), slowing.flag())));
        }
        for (final Jdk.Ours flag : jdk.ours()) {
            final boolean contradicted = flag.status().equals(Jdk.CONTRADICTED);
            if (contradicted && flag.flag().equals(Jdk.COLLECTOR)) {
                all.add(new Advice(flag.by() + ": nothing is there to be collected, but its threads take cores", unset(flag.by())));
            } else if (contradicted && flag.flag().equals(Jdk.NO_STATISTICS)) {
                all.add(new Advice(flag.by() + ": the JVM may stall when it writes its statistics to a mapped file", unset(flag.by())));
            } else if (flag.status().equals(Jdk.MISSING) && flag.flag().equals(Jdk.NO_STATISTICS)) {
                all.add(new Advice("without " + flag.flag() + " the JVM may stall when it writes its statistics to a mapped file",
                    "java " + flag.flag() + " ..."));
            }
        }
    }

    /** @param by a flag, and where it stands */
    private static String unset(final String by) {
        final String[] words = by.split(" in ");
        return without(words.length > 1 ? words[1] : null, words[0]);
    }

    private static String without(final String variable, final String flag) {
        return variable == null ? "java ... without " + flag : "export " + variable + "=\"${" + variable + "//" + flag + "}\"";
    }

    private static void lanes(final LaneWidths lanes, final List<Advice> all) {
        if (lanes.better() != null && lanes.better() != lanes.bits()) {
            final String times = lanes.gain() == null
                ? "is what this machine has" : String.format(Locale.ROOT, "is %.2f times as fast as %d", lanes.gain(), lanes.bits());
            all.add(new Advice(lanes.better() + "-bit vectors: the fused pass " + times, RUN + " --lanes " + lanes.better()));
        }
    }

    private static void cores(final Cores cores, final List<Advice> all) {
        final Double limit = cores.containerLimit();
        if (limit != null && limit < cores.available()) {
            all.add(new Advice(
                String.format(Locale.ROOT, "the container leaves %s cores' time to %d processors: who spins is stopped when it is used up",
                    Units.number(limit), cores.available()),
                "docker run --cpus=" + cores.available() + " ..."));
        }
        if (cores.governors() != null && !cores.governors().equals(List.of("performance"))) {
            all.add(new Advice(
                "frequency governor " + String.join(", ", cores.governors()) + ": a core that has waited begins slowly",
                "sudo cpupower frequency-set -g performance"));
        }
        if (cores.shared() != null && !cores.shared().isEmpty() && cores.cores() > 1) {
            final String firsts = cores.shared().stream().map(list -> list.split("[-,]")[0]).collect(Collectors.joining(","));
            if (firsts.contains(",")) {
                all.add(new Advice("hardware threads share cores: two bands on one core share its cache",
                    "taskset -c " + firsts + " " + RUN));
            }
        }
    }

    private static void pages(final Pages pages, final List<Advice> all) {
        final String folder = "/" + Pages.TRANSPARENT;
        if (pages.transparent() == null || pages.imageHugeBytes() == null) {
            return;
        }
        if (pages.transparent().equals("never")) {
            all.add(new Advice("no transparent huge pages", "echo madvise | sudo tee " + folder + "enabled"));
        } else if (ASKABLE.contains(pages.transparent()) && pages.imageHugeBytes() == 0) {
            final String asked = pages.glibcTunables() == null ? "" : pages.glibcTunables();
            if (asked.contains(HUGE + "=0")) {
                all.add(new Advice("GLIBC_TUNABLES says " + HUGE + "=0: an image gets no huge pages", "unset GLIBC_TUNABLES"));
            } else if (!asked.contains(HUGE)) {
                all.add(new Advice("nobody asks for huge pages: an image gets none",
                    "export GLIBC_TUNABLES=" + HUGE + "=1:glibc.malloc.mmap_threshold=" + (2 << 20)));
            } else if ("never".equals(pages.defrag())) {
                all.add(new Advice("huge pages were asked for, and there were none: the system makes no room for them",
                    "echo madvise | sudo tee " + folder + "defrag"));
            } else if (asked.contains(HUGE + "=1")) {
                all.add(new Advice("huge pages were asked for, and an image got none: it is glibc that asks, from 2.35 on",
                    "getconf GNU_LIBC_VERSION"));
            }
        }
    }

    /** Then times say more of what else runs than of lane widths. */
    private static boolean disturbed(final Lateness.Waits waits) {
        return waits.spin().p99() > UNDISTURBED_NS;
    }

    private static void waits(final Lateness.Waits waits, final List<Advice> all) {
        if (disturbed(waits)) {
            all.add(new Advice(
                "one wait in a hundred is late by " + Units.time(waits.spin().p99()) + " though it spins: something else takes the core; times mean little",
                "ps -eo pcpu,pid,comm --sort=-pcpu | head"));
        }
    }
}
