package org.tickwave.bench.compare;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The whole comparison, with sides that measure nothing: see {@link Stub}. */
@Execution(ExecutionMode.CONCURRENT)
class ComparerTest {
    private static final String[] SLOW = {"[20.0, 22.0]", "[21.0, 23.0]", "[22.0, 24.0]", "[23.0, 25.0]"};
    private static final String[] QUICK = {"[10.0, 12.0]", "[11.0, 13.0]", "[12.0, 14.0]", "[13.0, 15.0]"};
    private static final String FORKS = "-f4";
    private static final String WIDTH = "  param \"width\" = {64}\n";
    private static final String COLUMNS = "  param \"columns\" = {0}\n";
    private static final int LIMIT_SECONDS = 60;

    @TempDir
    private Path directory;

    private static JsonObject row(final Stub.Outcome outcome) {
        return JsonParser.parseString(outcome.out()).getAsJsonObject().getAsJsonArray("rows").get(0).getAsJsonObject();
    }

    private static String line(final Stub.Outcome outcome, final String beginning) {
        return outcome.out().lines().filter(line -> line.startsWith(beginning)).findFirst().orElseThrow(() -> new AssertionError(outcome)).replaceAll(" +", " ");
    }

    /** What is left of a comparison: checkouts of revisions, and no jars. */
    private static List<String> left(final Stub stub) throws IOException {
        try (Stream<Path> files = Files.list(stub.root.resolve("bench/target/compare"))) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    @Test
    void theForksTakeTurnsAndTheTableTellsTheFasterSide() throws IOException {
        final Stub stub = new Stub(directory);
        stub.forks(stub.other, "avgt", SLOW).forks(stub.root, "avgt", QUICK);
        final Stub.Outcome outcome = stub.compare(false, stub.other.toString(), "A.tick", FORKS, "-wi", "3", "-prof", "gc");
        assertEquals(0, outcome.code(), outcome.err());
        assertEquals(List.of("base", "work", "work", "base", "base", "work", "work", "base"), stub.lines("order"));
        assertEquals("A.tick width=64 avgt ns/op 20.00 22.50 21.00..24.00 10.00 12.50 11.00..14.00 50.0 % 55.6 % faster", line(outcome, "A.tick"));
        assertEquals(" gc.alloc.rate.norm B/op 0 0.500 0.500..0.500 0 0.500 0.500..0.500 100.0 %", line(outcome, "  gc.alloc"));
        assertTrue(outcome.err().contains("fork 8 of 8, about ") && outcome.err().contains(": base: A.tick width=64"), outcome.err());
        for (final String side : List.of("base", "work")) {
            for (final String arguments : stub.lines(side + ".arguments")) {
                assertTrue(arguments.contains("org.openjdk.jmh.Main ^\\Q" + Stub.BENCHMARK + "\\E$ -p width=64 -wi 3 -prof gc -foe true -f 1 -rf json"), arguments);
            }
        }
        assertEquals(stub.lines("base.arguments").toString().replace("/base/", "/work/"), stub.lines("work.arguments").toString());
        assertEquals(List.of(), left(stub));
    }

    @Test
    void ofThroughputMoreIsBetter() throws IOException {
        final Stub stub = new Stub(directory);
        stub.forks(stub.other, "thrpt", SLOW).forks(stub.root, "thrpt", QUICK);
        final JsonObject row = row(stub.compare(true, stub.other.toString(), "A.tick", FORKS));
        assertEquals("slower", row.get("verdict").getAsString());
        assertEquals(25, row.getAsJsonObject("base").get("best").getAsDouble());
        assertEquals("ops/s", row.get("unit").getAsString());
    }

    /** From the JSON object everything can be computed again. */
    @Test
    void theJsonObjectHoldsEveryFork() throws IOException {
        final Stub stub = new Stub(directory);
        stub.forks(stub.other, "avgt", QUICK).forks(stub.root, "avgt", QUICK);
        final Stub.Outcome outcome = stub.compare(true, stub.other.toString(), "A.tick", FORKS);
        final JsonObject row = row(outcome);
        assertEquals("no verdict", row.get("verdict").getAsString());
        assertEquals(1, row.get("median_ratio").getAsDouble());
        for (final String side : List.of("base", "new")) {
            assertEquals("[11.0,12.0,13.0,14.0]", row.getAsJsonObject(side).getAsJsonArray("forks").asList().stream()
                .map(fork -> fork.getAsJsonObject().get("score").toString()).toList().toString().replace(" ", ""));
        }
        final JsonObject all = JsonParser.parseString(outcome.out()).getAsJsonObject();
        assertEquals("done", all.get("end").getAsString());
        assertEquals(stub.other.toString(), all.getAsJsonObject("base").get("directory").getAsString());
        assertTrue(all.getAsJsonObject("base").get("revision").isJsonNull());
    }

    @Test
    void whatOnlyOneSideHasIsSaidAndNotCompared() throws IOException {
        final Stub stub = new Stub(directory);
        stub.forks(stub.other, "avgt", QUICK).forks(stub.root, "avgt", QUICK);
        Files.writeString(stub.other.resolve("list.txt"), Stub.LIST + "org.x.A.gone\n");
        Files.writeString(stub.root.resolve("list.txt"), Stub.LIST.replace("64", "64, 128"));
        final Stub.Outcome outcome = stub.compare(false, stub.other.toString(), "A", "-f1");
        assertEquals(0, outcome.code(), outcome.err());
        assertTrue(outcome.out().contains("A.gone: not compared: only the base has it\n"), outcome.out());
        assertTrue(outcome.out().contains("A.tick width=128: not compared: only the new side has it\n"), outcome.out());
        assertEquals(2, stub.lines("order").size());

        Files.writeString(stub.root.resolve("list.txt"), "Benchmarks: \norg.x.A.come\n");
        final Stub.Outcome nothing = stub.compare(false, stub.other.toString(), "A", "-f1");
        assertEquals(1, nothing.code());
        assertTrue(nothing.err().contains("'A': expected benchmarks with the same parameters on both sides"), nothing.err());
        assertTrue(nothing.out().contains("A.come: not compared: only the new side has it\n"), nothing.out());
    }

    /** What the two sides list with values of the user, and without. */
    private Stub.Outcome differently(final Stub stub, final String base, final String work, final String workDefaults) throws IOException {
        final String head = "Benchmarks: \n" + Stub.BENCHMARK + "\n";
        stub.forks(stub.other, "avgt", QUICK).forks(stub.root, "avgt", QUICK);
        Files.writeString(stub.other.resolve("list.txt"), head + base);
        Files.writeString(stub.other.resolve("defaults.txt"), head + base);
        Files.writeString(stub.root.resolve("list.txt"), head + work);
        Files.writeString(stub.root.resolve("defaults.txt"), head + workDefaults);
        return stub.compare(false, stub.other.toString(), "A", "-p", "width=64", "-f1");
    }

    @Test
    void aParameterThatTheBaseLacksIsComparedAtItsDefault() throws IOException {
        final Stub stub = new Stub(directory);
        final Stub.Outcome outcome = differently(stub, WIDTH, WIDTH + "  param \"columns\" = {32, 0}\n  param \"language\" = {JAVA}\n",
            COLUMNS + "  param \"width\" = {256}\n  param \"language\" = {JAVA, C}\n");
        assertEquals(0, outcome.code(), outcome.err());
        assertEquals(2, stub.lines("order").size(), outcome.out());
        assertTrue(line(outcome, "A.tick").startsWith("A.tick columns=0 language=JAVA width=64 avgt"), outcome.out());
        assertTrue(outcome.out().contains("A.tick: the base has no parameter columns and no parameter language: "
            + "the other side has columns=0 language=JAVA there, the default\n"), outcome.out());
        assertTrue(outcome.out().contains("A.tick columns=32 language=JAVA width=64: not compared: the base has no parameter columns"
            + " and no parameter language: expected columns=0 language=JAVA, the default\n"), outcome.out());
        assertTrue(stub.lines("base.arguments").getFirst().contains("-p columns=0 -p language=JAVA -p width=64"), "JMH ignores what it does not know");
    }

    @Test
    void aParameterThatTheNewSideLacksIsComparedAtItsDefault() throws IOException {
        final Stub stub = new Stub(directory);
        final Stub.Outcome outcome = differently(stub, COLUMNS + WIDTH, WIDTH + "  param \"batch\" = {1}\n", WIDTH + "  param \"batch\" = {1}\n");
        assertEquals(0, outcome.code(), outcome.err());
        assertEquals(2, stub.lines("order").size(), outcome.out());
        assertTrue(outcome.out().contains("A.tick: the new side has no parameter columns: the other side has columns=0 there, the default\n"), outcome.out());
        assertTrue(outcome.out().contains("A.tick: the base has no parameter batch: the other side has batch=1 there, the default\n"), outcome.out());
    }

    @Test
    void anotherValueThanTheDefaultOfSuchAParameterIsRefused() throws IOException {
        final Stub stub = new Stub(directory);
        final Stub.Outcome outcome = differently(stub, WIDTH, WIDTH + "  param \"columns\" = {32}\n", WIDTH + COLUMNS);
        assertEquals(1, outcome.code());
        assertTrue(outcome.err().contains("'A -p width=64': expected benchmarks with the same parameters on both sides"), outcome.err());
        assertTrue(outcome.out().contains("A.tick columns=32 width=64: not compared: the base has no parameter columns: expected columns=0, the default\n"),
            outcome.out());
        assertFalse(outcome.out().contains("the other side has"), outcome.out());
    }

    @Test
    void theModulesOfProfilesAreLoadedWhereTheyAre() throws IOException {
        final Stub stub = new Stub(directory);
        stub.forks(stub.other, "avgt", QUICK).forks(stub.root, "avgt", QUICK);
        stub.profiles = List.of("moa", "pytorch");
        Files.createDirectories(stub.root.resolve("bench/moa"));
        Files.createDirectories(stub.root.resolve("bench/pytorch"));
        Files.createDirectories(stub.other.resolve("bench/moa"));
        final Stub.Outcome outcome = stub.compare(false, stub.other.toString(), "A", "-f1");
        assertEquals(0, outcome.code(), outcome.err());
        assertEquals(List.of("moa,pytorch", "moa"), stub.lines("builds").stream().map(line -> line.replaceFirst(".*, ", "")).toList());
        final String work = stub.lines("work.arguments").getFirst();
        assertTrue(work.matches(".*/tickwave-bench-moa-0.1.0.jar:[^:]*/lib-moa.jar:[^:]*/tickwave-bench-pytorch-0.1.0.jar:[^:]*/lib-pytorch.jar .*"), work);
        assertTrue(stub.lines("base.arguments").getFirst().contains("/lib-moa.jar org.openjdk"), stub.lines("base.arguments").toString());
        assertTrue(outcome.err().contains(stub.other + ": no git revision: has no module bench/pytorch: its forks run without this module\n"), outcome.err());
    }

    @Test
    void scoresInDifferentUnitsAreNotCompared() throws IOException {
        final Stub stub = new Stub(directory);
        stub.forks(stub.other, "thrpt", QUICK).forks(stub.root, "avgt", QUICK);
        final Stub.Outcome outcome = stub.compare(false, stub.other.toString(), "A", "-f1");
        assertTrue(outcome.out().contains("not compared: only the base has measured it as thrpt in ops/s"), outcome.out());
        assertFalse(outcome.out().contains("verdict"), outcome.out());
    }

    @Test
    void aFailedForkEndsItAndWhatWasMeasuredIsPrinted() throws IOException {
        final Stub stub = new Stub(directory);
        stub.forks(stub.other, "avgt", QUICK[0], QUICK[1], "fail").forks(stub.root, "avgt", SLOW);
        final Stub.Outcome outcome = stub.compare(false, stub.other.toString(), "A", FORKS);
        assertEquals(1, outcome.code());
        assertTrue(outcome.err().contains("java.lang.AssertionError: wrong answer\nbase: A.tick width=64: JMH ended with exit code 3: see above"), outcome.err());
        assertTrue(line(outcome, "A.tick").endsWith("11.00..12.00 20.00 21.50 21.00..22.00 200.0 % 187.0 % no verdict"), outcome.out());
        assertEquals(List.of(), left(stub));
    }

    @Test
    void aFailedBuildShowsItsCause() throws IOException {
        final Stub stub = new Stub(directory);
        Files.createFile(stub.other.resolve("fails"));
        stub.forks(stub.root, "avgt", QUICK);
        final Stub.Outcome outcome = stub.compare(false, stub.other.toString(), "A");
        assertEquals(1, outcome.code());
        assertTrue(outcome.err().contains("[ERROR] E.java: broken\n"), outcome.err());
        assertFalse(outcome.err().contains("building\n"), "only the errors of the log: " + outcome.err());
        assertTrue(outcome.err().endsWith("the build of " + stub.other + " failed: see above\n"), outcome.err());
        assertEquals("", outcome.out());
    }

    /** The user's checkout, its index and git's list of worktrees stay as they are. */
    @Test
    void aRevisionIsWrittenOnceAndNothingElseChanges() throws IOException, InterruptedException {
        final Stub stub = new Stub(directory);
        Files.writeString(stub.root.resolve(".gitignore"), "target/\n");
        stub.forks(stub.root, "avgt", SLOW);
        stub.git("init", "-q", "-b", "trunk");
        stub.git("add", "-A");
        stub.git("commit", "-q", "-m", "one");
        stub.git("tag", "-a", "-m", "a tag", "v1");
        stub.forks(stub.root, "avgt", QUICK);
        final String before = stub.git("status", "--porcelain") + stub.git("worktree", "list") + stub.git("for-each-ref");
        final byte[] index = Files.readAllBytes(stub.root.resolve(".git/index"));
        final String hash = stub.git("rev-parse", "HEAD");
        for (final String revision : List.of("v1", "trunk", hash.substring(0, 8))) {
            Files.deleteIfExists(directory.resolve("base.arguments"));
            Files.deleteIfExists(directory.resolve("work.arguments"));
            final Stub.Outcome outcome = stub.compare(false, revision, "A.tick", "-f1");
            assertEquals(0, outcome.code(), outcome.err());
            assertTrue(line(outcome, "A.tick").contains("50.0 % 52.4 %"), outcome.out());
            assertEquals("base " + revision + ": " + hash.substring(0, 12), line(outcome, "base"));
            assertEquals("new this checkout: " + hash.substring(0, 12) + " and uncommitted changes", line(outcome, "new"));
        }
        assertEquals(List.of(hash), left(stub));
        assertEquals(6, stub.lines("builds").size());
        assertEquals(before, stub.git("status", "--porcelain") + stub.git("worktree", "list") + stub.git("for-each-ref"));
        assertArrayEquals(index, Files.readAllBytes(stub.root.resolve(".git/index")));
    }

    @Test
    void whatIsNeitherRevisionNorCheckoutIsRefused() throws IOException, InterruptedException {
        final Stub stub = new Stub(directory);
        final String empty = Files.createDirectories(directory.resolve("empty")).toString();
        for (final String base : List.of("no-such-tag", empty, "HEAD", "", "-x", "a\0b")) {
            final Stub.Outcome outcome = stub.compare(false, base, "A");
            assertEquals(2, outcome.code(), outcome.err());
            assertEquals(1, outcome.err().lines().count(), outcome.err());
            assertTrue(outcome.err().startsWith("--compare '" + base + "': expected a git revision of " + stub.root + " (a tag"), outcome.err());
            assertEquals(base.equals(empty), outcome.err().contains("the directory has no launcher"), outcome.err());
        }
        stub.git("init", "-q");
        Files.writeString(stub.root.resolve("tickwave"), "");
        stub.git("commit", "-q", "--allow-empty", "-m", "without a launcher");
        final Stub.Outcome early = stub.compare(false, "HEAD", "A");
        assertEquals(1, early.code());
        assertTrue(early.err().contains("has no launcher tickwave: expected a later commit"), early.err());
        assertEquals(List.of(), left(stub));
    }

    /** In a thread of its own, because opening a FIFO cannot be interrupted. */
    @Test
    @Timeout(value = LIMIT_SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aStopEndsAllProcessesAndPrintsWhatWasMeasured() throws IOException, InterruptedException, ExecutionException, TimeoutException {
        final Stub stub = new Stub(directory);
        stub.forks(stub.other, "avgt", QUICK[0], "wait").forks(stub.root, "avgt", SLOW);
        final Path fifo = directory.resolve("fifo");
        assertEquals(0, new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor());
        final CompletableFuture<Stub.Outcome> ends = CompletableFuture.supplyAsync(() -> {
            try {
                return stub.compare(false, stub.other.toString(), "A", FORKS);
            } catch (final IOException e) {
                throw new IllegalStateException(e);
            }
        });
        final String[] ids;
        try (BufferedReader reader = Files.newBufferedReader(fifo)) {
            ids = reader.readLine().split(" ");
        }
        stub.comparer.stop();
        final Stub.Outcome outcome = ends.get(LIMIT_SECONDS, TimeUnit.SECONDS);
        assertEquals(130, outcome.code(), outcome.err());
        assertTrue(line(outcome, "A.tick").contains("11.00..11.00"), outcome.out());
        final List<ProcessHandle> alive = Stream.of(ids).flatMap(id -> ProcessHandle.of(Long.parseLong(id)).stream()).filter(ProcessHandle::isAlive).toList();
        alive.forEach(ProcessHandle::destroyForcibly);
        assertEquals(List.of(), alive);
        assertEquals(List.of(), left(stub));
    }

    /** Ctrl-C on a terminal ends the fork, too, perhaps before this program hears of it. */
    @Test
    void aForkThatASignalEndedIsNoFailure() throws IOException {
        final Stub stub = new Stub(directory);
        stub.forks(stub.other, "avgt", QUICK[0], "signalled").forks(stub.root, "avgt", SLOW);
        final Stub.Outcome outcome = stub.compare(true, stub.other.toString(), "A", FORKS);
        assertEquals(130, outcome.code(), outcome.err());
        assertEquals("interrupted", JsonParser.parseString(outcome.out()).getAsJsonObject().get("end").getAsString());
    }

    /** With -foe false JMH goes on after a failure, and writes no result. */
    @Test
    void aForkWithoutAResultIsLeftOut() throws IOException {
        final Stub stub = new Stub(directory);
        stub.forks(stub.other, "avgt", "nothing", QUICK[0]).forks(stub.root, "avgt", "nothing", "nothing");
        final Stub.Outcome outcome = stub.compare(false, stub.other.toString(), "A", "-f2", "-foe", "false");
        assertEquals(0, outcome.code(), outcome.err());
        assertTrue(outcome.out().contains("A.tick width=64: not compared: only the base has measured it as avgt in ns/op\n"), outcome.out());
    }

    @Test
    void warnsOfABusyMachine() throws IOException {
        final Stub stub = new Stub(directory);
        stub.forks(stub.other, "avgt", QUICK).forks(stub.root, "avgt", QUICK);
        assertFalse(stub.compare(false, stub.other.toString(), "A", "-f1").err().contains("warning"));
        stub.busy = 1.25;
        final Stub.Outcome outcome = stub.compare(true, stub.other.toString(), "A", "-f1");
        assertTrue(outcome.err().contains("warning: other programs keep 1.3 processors busy: expected a quiet machine\n"), outcome.err());
        assertEquals(1.25, JsonParser.parseString(outcome.out()).getAsJsonObject().get("busy_processors").getAsDouble());
    }

    @Test
    void whatAKilledComparisonLeftIsDeleted() throws IOException, InterruptedException {
        final Stub stub = new Stub(directory);
        stub.forks(stub.other, "avgt", QUICK).forks(stub.root, "avgt", QUICK);
        final Process dead = new ProcessBuilder("true").start();
        dead.waitFor();
        Files.createDirectories(stub.root.resolve("bench/target/compare/jars-" + dead.pid() + "/base"));
        assertEquals(0, stub.compare(false, stub.other.toString(), "A", "-f1").code());
        assertEquals(List.of(), left(stub));
    }
}
