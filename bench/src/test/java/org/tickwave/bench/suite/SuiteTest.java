package org.tickwave.bench.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.tickwave.bench.forks.Children;
import org.tickwave.bench.rows.MadeRows;
import org.tickwave.bench.forks.Interrupted;
import org.tickwave.bench.forks.Jmh;
import org.tickwave.bench.forks.Machine;
import org.tickwave.bench.setup.RunFailure;

/** The whole suite, with forks that measure nothing: see {@link Stub}. */
@Execution(ExecutionMode.CONCURRENT)
class SuiteTest {
    private static final List<String> ROUND =
        List.of("ours width=64 avgt", "peer width=64 avgt", "pass avgt", "ours width=128 avgt", "peer width=128 avgt", "ours width=64 sample");
    private static final Pace ONE_ROUND = new Pace(1, 0, 1, 1, 1, 1, 0);
    private static final int LIMIT_SECONDS = 60;
    private static final double EXACT = 1e-12;

    @TempDir
    private Path directory;

    private static JsonObject find(final JsonArray all, final String key, final String value, final double x) {
        return all.asList().stream().map(element -> element.getAsJsonObject()).filter(each -> each.get(key).getAsString().equals(value)
            && !each.get("x").isJsonNull() && each.get("x").getAsDouble() == x).findFirst().orElseThrow();
    }

    private static JsonObject figure(final Stub stub, final String series, final double x) throws IOException {
        return find(stub.json().getAsJsonArray("figures"), "series", series, x);
    }

    private static JsonObject ratio(final Stub stub, final String other, final double x) throws IOException {
        return find(stub.json().getAsJsonArray("ratios"), "other", other, x);
    }

    private static double median(final JsonObject of) {
        return of.getAsJsonObject("spread").get("median").getAsDouble();
    }

    /** What is compared stands together, a shared fork runs once, and every second round runs backwards. */
    @Test
    void theForksOfAPlaceRunBesideEachOtherInRounds() throws IOException {
        final Stub stub = new Stub(directory);
        final Stub.Outcome outcome = stub.run(false);
        assertEquals(0, outcome.code(), outcome.err());
        assertEquals(Stream.of(ROUND, ROUND.reversed(), ROUND, ROUND.reversed()).flatMap(List::stream).toList(), stub.order());
        assertTrue(outcome.err().startsWith("suite made: 6 benchmarks in 4 rounds, 24 forks: about 0 min 0 s\nround 1 of 4: A.ours width=64\n"), outcome.err());
        assertTrue(outcome.out().startsWith("suite    made, done: 24 forks, 4 of 4 rounds\n"), outcome.out());
    }

    @Test
    void ratiosAreOfTheSameRoundAndVerdictsNeedIntervalsThatLieApart() throws IOException {
        final Stub stub = new Stub(directory);
        stub.forks("ours width=64", "[10.0]", "[20.0]", "[10.0]", "[10.0]").forks("peer width=64", "[80.0]", "[80.0]", "[100.0]", "[60.0]");
        stub.forks("ours width=128", "[10.0]", "[11.0]", "[12.0]", "[13.0]").forks("peer width=128", "[26.0]", "[24.0]", "[22.0]", "[20.0]");
        assertEquals(0, stub.run(false).code());
        final JsonObject faster = ratio(stub, "BLAS", 64);
        assertEquals(3.5, median(faster), EXACT);
        assertEquals(2, faster.getAsJsonObject("spread").get("low").getAsDouble());
        assertEquals(5, faster.getAsJsonObject("spread").get("high").getAsDouble());
        assertEquals(3, faster.get("best_ratio").getAsDouble());
        assertEquals("faster", faster.get("verdict").getAsString());
        // 10 to 13 for ours, 10 to 13 for the half of the peer's score.
        assertEquals("no verdict", ratio(stub, "BLAS", 128).get("verdict").getAsString());
        assertEquals(2, median(ratio(stub, "passes", 64)), EXACT);
        assertEquals("ceiling", ratio(stub, "passes", 64).get("role").getAsString());
        assertEquals(2 + 2, stub.json().getAsJsonArray("ratios").size());
    }

    @Test
    void figuresWhoseForksDisagreeAreMarked() throws IOException {
        final Stub stub = new Stub(directory);
        stub.forks("ours width=64", "[10.0]", "[10.0]", "[11.1]", "[10.0]").forks("ours width=128", "[10.0]", "[10.0]", "[10.9]", "[10.0]");
        final Stub.Outcome outcome = stub.run(false);
        assertTrue(figure(stub, "tick", 64).get("marked").getAsBoolean());
        assertFalse(figure(stub, "tick", 128).get("marked").getAsBoolean());
        assertEquals(List.of("marked: w width=64, tick: the forks disagree by 11 %"), outcome.out().lines().filter(line -> line.startsWith("marked")).toList());
        assertTrue(Files.readString(stub.out.resolve("suite.html")).contains("1 of 7 figures are marked with *"));
    }

    /** One disturbed iteration of three does not move a fork. */
    @Test
    void theScoreOfAForkIsTheMedianOfItsIterations() throws IOException {
        final Stub stub = new Stub(directory);
        stub.forks("ours width=64", "[10.0, 12.0, 90.0]", "[10.0, 12.0, 90.0]", "[10.0, 12.0, 90.0]", "[10.0, 12.0, 90.0]");
        stub.run(false);
        final JsonObject figure = figure(stub, "tick", 64);
        assertEquals(12, median(figure));
        assertEquals(10, figure.getAsJsonObject("spread").get("best").getAsDouble());
        assertEquals(8 * 64 / 12.0, figure.get("bytes_per_ns").getAsDouble(), EXACT);
        assertEquals(0, figure.get("allocated_bytes").getAsDouble());
    }

    /** A file of another kind is named, and is no failure. */
    @Test
    void thePageHoldsTheTablesOfTheDirectory() throws IOException {
        final Stub stub = new Stub(directory);
        stub.pace = ONE_ROUND;
        assertEquals(0, stub.run(false).code());
        assertTrue(Files.readString(stub.out.resolve("suite.html")).contains("TICKWAVE_PROFILES=moa ./tickwave bench --tables --json &gt; DIR/tables-moa.json"));
        Files.writeString(stub.out.resolve("tables-made.json"), MadeRows.json());
        Files.writeString(stub.out.resolve("tables-x.json"), "{}");
        Files.write(stub.out.resolve("tables-y.json"), new byte[] {-1});
        final Stub.Outcome again = stub.run(false);
        assertEquals(0, again.code(), again.err());
        final String page = Files.readString(stub.out.resolve("suite.html"));
        for (final String part : List.of("one label: 40 rows, 2 columns, ", "theirs", "most accurate: ", "ours beside theirs: ", "tables-made.json was measured by tickwave 0 on ")) {
            assertTrue(page.contains(part), part);
        }
        assertFalse(page.contains("DIR/tables-moa.json"));
        for (final String file : List.of("tables-x.json", "tables-y.json")) {
            assertTrue(page.contains(file + ": expected what bench --tables --json prints"), file);
            assertTrue(again.err().contains("tickwave bench: " + file + ": expected what bench --tables --json prints\n"), again.err());
        }
    }

    @Test
    void theFilesHoldEveryFigure() throws IOException {
        final Stub stub = new Stub(directory);
        final Stub.Outcome outcome = stub.run(true);
        assertEquals(Files.readString(stub.out.resolve("suite.json")), outcome.out());
        assertEquals("done", stub.json().get("end").getAsString());
        final List<String> csv = Files.readAllLines(stub.out.resolve("suite.csv"));
        assertEquals(1 + 7, csv.size());
        assertTrue(csv.getFirst().startsWith("group,role,series,benchmark,parameters,mode,axis,x,forks,best_ns,median_ns"), csv.getFirst());
        assertEquals("w,peer,BLAS,org.tickwave.bench.jmh.A.peer,width=128,avgt,width,128.0,4,5.0,5.0,5.0,5.0,0.875,0.0,false,,,,,0.0,,,,",
            csv.stream().filter(line -> line.contains("width=128") && line.contains("peer")).findFirst().orElseThrow());
        assertTrue(csv.getLast().endsWith(",2,4,4,4"), csv.getLast());
        final String histogram = Files.readString(stub.out.resolve("tails-tick.hgrm"));
        assertTrue(histogram.contains("Percentile") && histogram.contains("Total count    =          800"), histogram);
        final String page = Files.readString(stub.out.resolve("suite.html"));
        for (final String part : List.of("Time by width: w", "Tails: the time", "Allocation by width: w", "Roofline", "No scaling: no series has figures at three places",
            "./tickwave bench --suite made --out DIR", "-p width=128 -bm avgt")) {
            assertTrue(page.contains(part), part);
        }
        try (Stream<Path> left = Files.list(stub.out)) {
            assertEquals(List.of("forks", "suite.csv", "suite.html", "suite.json", "tails-tick.hgrm"), left.map(file -> file.getFileName().toString()).sorted().toList());
        }
    }

    @Test
    void whatHasNoDataIsLeftOutWithTheReason() throws IOException {
        final Stub stub = new Stub(directory);
        stub.text = "w,ours,tick,A.ours,width=64,,avgt,1,,\n";
        assertEquals(0, stub.run(false).code());
        final String page = Files.readString(stub.out.resolve("suite.html"));
        for (final String reason : List.of("No ratios: nothing was measured beside a peer or a ceiling.", "No time by size: no group has figures at two places.",
            "No roofline: no ceiling of this suite counts bytes alone", "No tails: no benchmark was measured operation by operation.",
            "No allocation: no figure with an axis tells what it allocates.", "No batches: no batch of several frames was measured.",
            "No scaling: no series has figures at three places.", "No tables: DIR holds no result of bench --tables.")) {
            assertTrue(page.contains(reason), reason);
        }
        assertEquals(List.of("What was measured", "All figures", "Not on this page", "Machine and JVM", "Commands"),
            Pattern.compile("<h2 id=\"[^\"]*\">([^<]*)").matcher(page).results().map(heading -> heading.group(1)).toList());
        assertFalse(page.contains("class=\"plot\""), "a chart without data");
    }

    /** A second run of the same command measures nothing again, also after one fork was lost. */
    @Test
    void finishedForksAreKept() throws IOException {
        final Stub stub = new Stub(directory);
        stub.run(false);
        final String first = Files.readString(stub.out.resolve("suite.json"));
        assertEquals(0, stub.run(false).code());
        assertEquals(24, stub.order().size());
        assertEquals(first, Files.readString(stub.out.resolve("suite.json")));
        Files.delete(stub.out.resolve("forks/round-3-avgt-a-peer-width-128.json"));
        Files.writeString(stub.out.resolve("forks/round-1-avgt-a-pass.json"), "[{");
        final Stub.Outcome outcome = stub.run(false);
        assertEquals(0, outcome.code(), outcome.err());
        assertTrue(outcome.err().startsWith("suite made: 6 benchmarks in 4 rounds, 24 forks, 22 of them from an earlier run: about"), outcome.err());
        assertEquals(List.of("pass avgt", "peer width=128 avgt"), stub.order().subList(24, stub.order().size()));
    }

    @Test
    void forksOfAnotherBuildOrPlanAreRefused() throws IOException {
        final Stub stub = new Stub(directory);
        stub.pace = ONE_ROUND;
        stub.run(false);
        final String first = Files.readString(stub.out.resolve("suite.json"));
        Files.writeString(Path.of(stub.classPath), "other classes");
        final Stub.Outcome outcome = stub.run(false);
        assertEquals(1, outcome.code());
        assertEquals("--out " + stub.out + ": holds forks of another build: the classes differ: expected the same build, JDK and machine, or another directory\n",
            outcome.err());
        Files.writeString(Path.of(stub.classPath), "classes");
        stub.text += "w,ours,more,A.more,width=64,width,avgt,1,,\n";
        assertTrue(stub.run(false).err().contains("another build: the plan differs: expected"));
        Files.writeString(stub.out.resolve("forks/build.json"), "{");
        assertTrue(stub.run(false).err().contains("another build: build.json cannot be read: expected"));
        assertEquals(ROUND.size(), stub.order().size());
        assertEquals(first, Files.readString(stub.out.resolve("suite.json")));
    }

    /** The others are measured; the figure of a benchmark that was wrong once is not reported. */
    @Test
    void aWrongAnswerFailsTheSuiteAfterTheOthers() throws IOException {
        final Stub stub = new Stub(directory);
        stub.forks("peer width=64", "[10.0]", "wrong").forks("ours width=128", "nothing");
        final Stub.Outcome outcome = stub.run(false);
        assertEquals(1, outcome.code());
        assertTrue(outcome.err().contains("tickwave bench: A.peer width=64: weight 3 is 1.0: expected 2.0\n"), outcome.err());
        assertTrue(outcome.err().contains("tickwave bench: A.ours width=128: JMH ended with exit code 0 and no result\n"), outcome.err());
        assertEquals(2, stub.order().stream().filter("peer width=64 avgt"::equals).count());
        assertEquals(4, stub.order().stream().filter("ours width=64 avgt"::equals).count());
        assertEquals("failed", stub.json().get("end").getAsString());
        assertEquals(7 - 2, stub.json().getAsJsonArray("figures").size());
        assertEquals(2, stub.json().getAsJsonArray("refused").size());
        assertTrue(Files.readString(stub.out.resolve("suite.html")).contains("weight 3 is 1.0: expected 2.0"));
    }

    @Test
    void whatTheMachineLacksIsSkippedAndNoFailure() throws IOException {
        final Stub stub = new Stub(directory);
        stub.forks("peer width=64", "skip").forks("peer width=128", "skip");
        final Stub.Outcome outcome = stub.run(false);
        assertEquals(0, outcome.code(), outcome.err());
        assertTrue(outcome.out().contains("skipped: A.peer width=64: libx.so.0 is missing: expected libx0\n"), outcome.out());
        assertEquals(2, stub.order().stream().filter(key -> key.startsWith("peer")).count());
    }

    /** No round and no fork begins that would end after the limit; the time is a clock that each reading moves. */
    @Test
    void theLimitOfTheTimeIsKept() throws IOException, RunFailure, Interrupted {
        final Stub stub = new Stub(directory);
        // Two readings around a fork, two before it, and one before a round.
        assertEquals(2, rounds(stub, 50).complete());
        assertEquals(Stream.of(ROUND, ROUND.reversed()).flatMap(List::stream).toList(), stub.order());
        Files.delete(directory.resolve("order"));
        assertEquals(0, rounds(stub, 8).complete());
        assertEquals(ROUND.subList(0, stub.order().size()), stub.order());
        assertTrue(stub.order().size() < ROUND.size() && !stub.order().isEmpty(), () -> "forks of one round");
    }

    private Rounds rounds(final Stub stub, final int limitMs) throws IOException, RunFailure, Interrupted {
        final Plan plan = Plan.parse("made", Stub.PLAN, new Pace(4, 0, 1, 1, 1, 1, limitMs), 2);
        final Path empty = Files.createDirectories(directory.resolve("limit-" + limitMs));
        final long[] nowMs = new long[1];
        final Rounds rounds = new Rounds(plan, Store.open(empty, Build.of(plan, stub.classPath, Machine.ofThisJvm())),
            new Jmh(new Children(), directory.resolve("java"), List.of()), stub.classPath, line -> { }, () -> nowMs[0]++);
        rounds.run();
        return rounds;
    }

    /** In a thread of its own, because opening a FIFO cannot be interrupted. */
    @Test
    @Timeout(value = LIMIT_SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aStopKeepsWhatWasMeasuredAndTheNextRunGoesOn() throws IOException, InterruptedException, ExecutionException, TimeoutException {
        final Stub stub = new Stub(directory);
        stub.forks("ours width=64", "[20.0]", "wait", "[10.0]", "[10.0]", "[10.0]");
        assertEquals(0, new ProcessBuilder("mkfifo", directory.resolve("fifo").toString()).start().waitFor());
        final CompletableFuture<Stub.Outcome> ends = CompletableFuture.supplyAsync(() -> {
            try {
                return stub.run(false);
            } catch (final IOException e) {
                throw new IllegalStateException(e);
            }
        });
        final String[] ids;
        try (BufferedReader reader = Files.newBufferedReader(directory.resolve("fifo"))) {
            ids = reader.readLine().split(" ");
        }
        stub.suite.stop();
        final Stub.Outcome outcome = ends.get(LIMIT_SECONDS, TimeUnit.SECONDS);
        assertEquals(130, outcome.code(), outcome.err());
        assertEquals("interrupted", stub.json().get("end").getAsString());
        assertEquals(20, median(figure(stub, "tick", 64)));
        assertTrue(Files.readString(stub.out.resolve("suite.html")).contains("The suite was interrupted"));
        final List<ProcessHandle> alive = Stream.of(ids).flatMap(id -> ProcessHandle.of(Long.parseLong(id)).stream()).filter(ProcessHandle::isAlive).toList();
        alive.forEach(ProcessHandle::destroyForcibly);
        assertEquals(List.of(), alive);
        assertEquals(0, stub.run(false).code());
        assertEquals("done", stub.json().get("end").getAsString());
        assertEquals(24 + 1, stub.order().size());
    }

    /** Ctrl-C on a terminal ends the fork, too, perhaps before this program hears of it. */
    @Test
    void aForkThatASignalEndedIsNoFailure() throws IOException {
        final Stub stub = new Stub(directory);
        assertEquals(130, stub.forks("peer width=64", "signalled").run(false).code());
        assertEquals(1, stub.json().getAsJsonArray("figures").size());
    }
}
