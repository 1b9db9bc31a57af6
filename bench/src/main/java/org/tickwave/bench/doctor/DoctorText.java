package org.tickwave.bench.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.tickwave.bench.report.Units;

/** The same for people: a line or a few for each thing. */
final class DoctorText {
    private static final String UNKNOWN = "not to be found here";
    private static final int INDENT = 12;

    private final Findings findings;
    private final List<String> lines = new ArrayList<>();

    DoctorText(final Findings findings) {
        this.findings = findings;
    }

    String text() {
        final Jdk jdk = findings.jdk();
        say("system", findings.system());
        say("jdk", jdk.version() + ", " + jdk.vendor() + ", " + jdk.vm() + ", " + jdk.home());
        flags();
        lanes();
        cores();
        pages();
        waits();
        threads();
        advice();
        return String.join("\n", lines);
    }

    private void say(final String name, final String what) {
        lines.add(String.format(Locale.ROOT, "%-" + INDENT + "s%s", name, what));
    }

    private static String orUnknown(final Object what) {
        return what == null ? UNKNOWN : what.toString();
    }

    private void flags() {
        final Jdk jdk = findings.jdk();
        say("flags", jdk.given().isEmpty() ? "none" : String.join(" ", jdk.given()));
        final List<String> not = jdk.ours().stream().filter(flag -> !flag.status().equals(Jdk.GIVEN))
            .map(flag -> flag.flag() + " " + flag.status() + (flag.by() == null ? "" : " by " + flag.by())).toList();
        say("", not.isEmpty() ? "all that the launcher gives" : "of those that the launcher gives: " + String.join("; ", not));
    }

    private void lanes() {
        final LaneWidths lanes = findings.lanes();
        String name = "lanes";
        for (final LaneWidths.Width width : lanes.widths()) {
            say(name, String.format(Locale.ROOT, "%d bits: %s", width.bits(), width.passNs() == null ? width.why() : passes(width.passNs())));
            name = "";
        }
        if (lanes.better() != null) {
            say("", lanes.better() + " bits are the better"
                + (lanes.better() == lanes.bits() ? ", and what a run has" : "; a run has " + lanes.bits() + " unless told otherwise"));
        }
    }

    private static String passes(final Map<Integer, Double> passNs) {
        return "fused pass " + passNs.entrySet().stream()
            .map(entry -> Units.time(entry.getValue()) + " at " + entry.getKey()).collect(Collectors.joining(", "));
    }

    private void cores() {
        final Cores cores = findings.cores();
        say("cores", cores.available() + " processors for this JVM, of the machine's "
            + (cores.machine() == null ? "(" + UNKNOWN + ")" : cores.machine())
            + (cores.containerLimit() == null ? "; no limit of a container found"
            : "; a container leaves " + Units.number(cores.containerLimit()) + " cores' time"));
        say("", "hardware threads that share a core: " + (cores.shared() == null ? UNKNOWN
            : cores.shared().isEmpty() ? "none" : String.join("; ", cores.shared())));
        say("caches", findings.caches() == null ? UNKNOWN : findings.caches().stream().map(DoctorText::cache).collect(Collectors.joining(", ")));
        say("governor", cores.governors() == null ? UNKNOWN : String.join(", ", cores.governors()));
    }

    private static String cache(final Cache cache) {
        return "L" + cache.level() + " " + cache.type() + " " + Units.bytes(cache.bytes())
            + (cache.count() == null ? "" : " x " + cache.count());
    }

    private void pages() {
        final Pages pages = findings.pages();
        say("pages", pages.pageBytes() == null ? UNKNOWN : Units.bytes(pages.pageBytes()));
        say("huge pages", pages.transparent() == null ? UNKNOWN : "transparent ones: " + pages.transparent()
            + ", defrag " + orUnknown(pages.defrag()) + ", of "
            + (pages.hugePageBytes() == null ? UNKNOWN : Units.bytes(pages.hugePageBytes())));
        say("", "of an image of " + Units.bytes(pages.imageBytes()) + " lie in them: "
            + (pages.imageHugeBytes() == null ? UNKNOWN : Units.bytes(pages.imageHugeBytes())));
    }

    private void waits() {
        final Lateness.Waits waits = findings.waits();
        say("waits", "late by, median, 99 %, 99.9 %, most, an empty loop paced at 1 ms that");
        say("", "spins " + late(waits.spin()));
        say("", "yields " + late(waits.yield()));
        say("", "parks " + late(waits.park()));
        say("", "a bare park of 0.5 ms " + late(waits.barePark()));
    }

    private static String late(final Lateness late) {
        return Units.time(late.p50()) + ", " + Units.time(late.p99()) + ", " + Units.time(late.p999()) + ", " + Units.time(late.max());
    }

    private void threads() {
        final RoundTripTimes trip = findings.roundTrip();
        final TwoThreads two = findings.twoThreads();
        if (trip == null || two == null) {
            say("threads", "one processor: no hand-shake, and two threads never win");
            return;
        }
        say("hand-shake", "there and back " + Units.time(trip.bestNs()) + "; each, clock included, "
            + late(trip.each()) + " (median, 99 %, 99.9 %, most)");
        say("two threads", two.fromTickNs() == null
            ? "never win here" : "win where a tick takes " + Units.time(two.fromTickNs()) + " on one, and longer");
        for (final TwoThreads.Tick tick : two.ticks()) {
            say("", String.format(Locale.ROOT, "%-9s %9s on one, %9s on two",
                tick.network(), Units.time(tick.oneNs()), Units.time(tick.twoNs())));
        }
    }

    private void advice() {
        if (findings.advice().isEmpty()) {
            say("to change", "nothing");
        }
        String name = "to change";
        for (final Advice advice : findings.advice()) {
            say(name, advice.why() + ": " + advice.command());
            name = "";
        }
    }
}
