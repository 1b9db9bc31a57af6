package org.tickwave.bench.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorTest {
    private static final Map<String, Set<String>> KEYS = Map.of(
        "", Set.of("version", "system", "jdk", "lanes", "cores", "caches", "pages", "waits", "round_trip", "two_threads", "advice"),
        "jdk", Set.of("version", "vendor", "home", "vm", "given", "ours", "slowing"),
        "lanes", Set.of("bits", "better", "gain", "widths"),
        "cores", Set.of("available", "machine", "container_limit", "cores", "shared", "governors"),
        "pages", Set.of("page_bytes", "huge_page_bytes", "transparent", "defrag", "glibc_tunables", "image_bytes", "image_huge_bytes"),
        "waits", Set.of("park", "yield", "spin", "bare_park"),
        "round_trip", Set.of("best_ns", "each"),
        "two_threads", Set.of("from_tick_ns", "ticks"));
    private static final Set<String> LATE = Set.of("p50", "p99", "p999", "max");

    @TempDir
    Path root;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private static JsonObject parse(final String text) {
        return JsonParser.parseString(text).getAsJsonObject();
    }

    private static void expectKeys(final JsonObject json, final Set<String> mayBeNull) {
        KEYS.forEach((key, expected) -> {
            final JsonElement part = key.isEmpty() ? json : json.get(key);
            if (part.isJsonNull()) {
                assertTrue(mayBeNull.contains(key), key);
            } else {
                assertEquals(new TreeSet<>(expected), new TreeSet<>(part.getAsJsonObject().keySet()), key);
            }
        });
        for (final String wait : KEYS.get("waits")) {
            assertEquals(LATE, json.getAsJsonObject("waits").getAsJsonObject(wait).keySet());
        }
        assertEquals(3, json.getAsJsonObject("lanes").getAsJsonArray("widths").size());
        for (final JsonElement width : json.getAsJsonObject("lanes").getAsJsonArray("widths")) {
            assertEquals(Set.of("bits", "here", "why", "pass_ns"), width.getAsJsonObject().keySet());
        }
    }

    @Test
    void jsonHasAllKeysEvenIfTheSystemTellsNothing() {
        final JsonObject silent = parse(Doctor.json(MadeFindings.silent()));
        expectKeys(silent, Set.of("round_trip", "two_threads"));
        assertTrue(silent.get("round_trip").isJsonNull() && silent.get("caches").isJsonNull());
        assertTrue(silent.getAsJsonObject("cores").get("machine").isJsonNull());
        final JsonObject good = parse(Doctor.json(MadeFindings.good()));
        expectKeys(good, Set.of());
        assertEquals(Set.of("level", "type", "bytes", "count"), good.getAsJsonArray("caches").get(0).getAsJsonObject().keySet());
        assertEquals(300, good.getAsJsonObject("lanes").getAsJsonArray("widths").get(0).getAsJsonObject()
            .getAsJsonObject("pass_ns").get("64").getAsDouble());
    }

    @Test
    void theTextSaysUnknownIfTheSystemTellsNothing() {
        final String text = new DoctorText(MadeFindings.silent()).text();
        assertFalse(text.contains("null"), text);
        for (final String line : List.of(
            "caches      unknown", "governor    unknown", "huge pages  unknown",
            "threads     one processor", "to change   nothing", "256 bits: it broke",
            "cores       processors that this JVM may use: 1; hardware threads of the machine: unknown; container limit: not found")) {
            assertTrue(text.contains(line), line + " in\n" + text);
        }
    }

    @Test
    void theTextListsEachAdviceWithItsCommand() {
        final String text = new DoctorText(MadeFindings.with(MadeFindings.lanes(512, 256, 1.5)).advised()).text();
        assertTrue(text.endsWith("to change   256-bit vectors: the fused pass is 1.50 times as fast as with 512 bits: ./tickwave run --lanes 256"), text);
        assertTrue(text.contains("are faster if a tick takes 2.0 us or more on one thread"), text);
        assertTrue(text.contains("L1 data 32.0 KiB x 4"), text);
    }

    private int execute(final boolean json, final boolean quiet, final FusedTimer timer) {
        return new Doctor(new PrintWriter(out), new PrintWriter(err), "0", json, quiet)
            .execute(Durations.SHORTEST, new SystemFiles(root), timer);
    }

    @Test
    void withoutAnyLaneWidthItFailsInOneLineAndReportsTheRest() {
        final FusedTimer broken = new FusedTimer(root.resolve("no-java"), "", Durations.SHORTEST);
        assertEquals(1, execute(true, true, broken));
        expectKeys(parse(out.toString()), Set.of("round_trip", "two_threads"));
        final List<String> lines = err.toString().lines().toList();
        assertEquals(1, lines.size(), err.toString());
        assertTrue(lines.getFirst().startsWith("tickwave doctor: no lane width could be timed: "), lines.getFirst());
        assertTrue(lines.getFirst().contains("no-java"), lines.getFirst());
    }

    @Test
    void progressIsOnStandardErrorUnlessQuiet() {
        final FusedTimer broken = new FusedTimer(root.resolve("no-java"), "", Durations.SHORTEST);
        execute(false, false, broken);
        assertTrue(err.toString().startsWith("measuring the fused pass with 128-bit vectors ...\n"), err.toString());
        assertFalse(out.toString().contains("measuring"), out.toString());
    }
}
