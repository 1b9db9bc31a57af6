package org.tickwave.bench.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.tickwave.bench.report.Units;

/** Formats findings as text, a few lines for each. */
final class DoctorText {
    private static final String UNKNOWN = "unknown";
    private static final int INDENT = 12;

    private final Findings findings;
    private final List<String> lines = new ArrayList<>();

    DoctorText(final Findings findings) {
        this.findings = findings;
    }

    String text() {
        final Jdk jdk = findings.jdk();
        line("system", findings.system());
        line("jdk", jdk.version() + ", " + jdk.vendor() + ", " + jdk.vm() + ", " + jdk.home());
        flags();
        lanes();
        cores();
        pages();
        waits();
        threads();
        advice();
        return String.join("\n", lines);
    }

    private void line(final String name, final String text) {
        lines.add(String.format(Locale.ROOT, "%-" + INDENT + "s%s", name, text));
    }

    private static String orUnknown(final Object value) {
        return value == null ? UNKNOWN : value.toString();
    }

    private void flags() {
        final Jdk jdk = findings.jdk();
        line("flags", jdk.given().isEmpty() ? "none" : String.join(" ", jdk.given()));
        final List<String> ineffective = jdk.ours().stream().filter(flag -> !flag.status().equals(Jdk.GIVEN))
            .map(flag -> flag.flag() + " " + flag.status() + (flag.by() == null ? "" : " by " + flag.by())).toList();
        line("", ineffective.isEmpty() ? "all flags of the launcher are in effect"
            : "flags of the launcher that are not in effect: " + String.join("; ", ineffective));
    }

    private void lanes() {
        final LaneWidths lanes = findings.lanes();
        String name = "lanes";
        for (final LaneWidths.Width width : lanes.widths()) {
            line(name, String.format(Locale.ROOT, "%d bits: %s", width.bits(), width.passNs() == null ? width.why() : passes(width.passNs())));
            name = "";
        }
        if (lanes.better() != null) {
            line("", "best: " + lanes.better() + " bits, "
                + (lanes.better() == lanes.bits() ? "which a run uses by default" : "but a run uses " + lanes.bits() + " by default"));
        }
    }

    private static String passes(final Map<Integer, Double> passNs) {
        return "fused pass " + passNs.entrySet().stream()
            .map(entry -> Units.time(entry.getValue()) + " at " + entry.getKey()).collect(Collectors.joining(", "));
    }

    private void cores() {
        final Cores cores = findings.cores();
        line("cores", "processors that this JVM may use: " + cores.available()
            + "; hardware threads of the machine: " + orUnknown(cores.machine())
            + "; container limit: " + (cores.containerLimit() == null ? "not found" : Units.number(cores.containerLimit()) + " processors"));
        line("", "hardware threads that share a core: " + (cores.shared() == null ? UNKNOWN
            : cores.shared().isEmpty() ? "none" : String.join("; ", cores.shared())));
        line("caches", findings.caches() == null ? UNKNOWN : findings.caches().stream().map(DoctorText::cache).collect(Collectors.joining(", ")));
        line("governor", cores.governors() == null ? UNKNOWN : String.join(", ", cores.governors()));
    }

    private static String cache(final Cache cache) {
        return "L" + cache.level() + " " + cache.type() + " " + Units.bytes(cache.bytes())
            + (cache.count() == null ? "" : " x " + cache.count());
    }

    private void pages() {
        final Pages pages = findings.pages();
        line("pages", pages.pageBytes() == null ? UNKNOWN : Units.bytes(pages.pageBytes()));
        line("huge pages", pages.transparent() == null ? UNKNOWN : "transparent: " + pages.transparent()
            + ", defrag: " + orUnknown(pages.defrag()) + ", size: "
            + (pages.hugePageBytes() == null ? UNKNOWN : Units.bytes(pages.hugePageBytes())));
        line("", "in an image of " + Units.bytes(pages.imageBytes()) + ": "
            + (pages.imageHugeBytes() == null ? UNKNOWN : Units.bytes(pages.imageHugeBytes())));
    }

    private void waits() {
        final Lateness.Waits waits = findings.waits();
        line("waits", "lateness of an empty loop paced at 1 ms (median, 99 %, 99.9 %, max)");
        line("", "spinning: " + late(waits.spin()));
        line("", "yielding: " + late(waits.yield()));
        line("", "parking: " + late(waits.park()));
        line("", "parkNanos alone, 0.5 ms: " + late(waits.barePark()));
    }

    private static String late(final Lateness late) {
        return Units.time(late.p50()) + ", " + Units.time(late.p99()) + ", " + Units.time(late.p999()) + ", " + Units.time(late.max());
    }

    private void threads() {
        final RoundTripTimes trip = findings.roundTrip();
        final TwoThreads two = findings.twoThreads();
        if (trip == null || two == null) {
            line("threads", "one processor: no hand-shake to time, and two threads are never faster");
            return;
        }
        line("hand-shake", "round trip " + Units.time(trip.bestNs()) + "; single round trips, including the clock: "
            + late(trip.each()) + " (median, 99 %, 99.9 %, max)");
        line("two threads", two.fromTickNs() == null
            ? "are never faster here" : "are faster if a tick takes " + Units.time(two.fromTickNs()) + " or more on one thread");
        for (final TwoThreads.Tick tick : two.ticks()) {
            line("", String.format(Locale.ROOT, "%-9s %9s on one, %9s on two",
                tick.network(), Units.time(tick.oneNs()), Units.time(tick.twoNs())));
        }
    }

    private void advice() {
        if (findings.advice().isEmpty()) {
            line("to change", "nothing");
        }
        String name = "to change";
        for (final Advice advice : findings.advice()) {
            line(name, advice.why() + ": " + advice.command());
            name = "";
        }
    }
}
