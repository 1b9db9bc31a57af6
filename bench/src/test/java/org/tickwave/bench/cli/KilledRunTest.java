package org.tickwave.bench.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Runs that are killed or interrupted at any moment, in a process of their own, and go on in another one. */
@Execution(ExecutionMode.CONCURRENT)
class KilledRunTest {
    private static final int FRAMES = 3_000;
    private static final int FEW = 400;
    /** Of each kind of run. */
    private static final int KILLS = 16;
    private static final int LATEST_NS = 60_000_000;
    private static final String CHOSEN = System.getProperty("tickwave.kinds");

    @TempDir
    private Path folder;

    /** @return the number of kills */
    private int killed(
        final String mode, final String name, final String options, final int frames, final int kills, final Random random)
        throws IOException, InterruptedException {
        final Path directory = Files.createDirectory(folder.resolve(name.replace(' ', '-')));
        return new KilledRun(name, directory, options + " --frames " + frames).kill(mode, kills, LATEST_NS, random);
    }

    @Test
    @Timeout(120)
    void aRunThatIsKilledGoesOnAtAnotherLaneWidth() throws IOException, InterruptedException {
        final Random random = new Random(7);
        final String options = KeptRuns.all(Files.createDirectory(folder.resolve("in")), FEW).get("waves").replace(" --loop 3", "");
        assertTrue(killed("-Xint", "waves", options, FEW, 1, random) > 0);
    }

    /**
     * Together more than two hundred kills. {@code -Dtickwave.kinds=NAME,NAME} chooses kinds of runs: all together take about
     * half an hour.
     */
    @TestFactory
    @Tag("soak")
    @Timeout(3_600)
    List<DynamicTest> everyKindOfRunSurvivesManyKills() throws IOException {
        final Map<String, String> runs = KeptRuns.all(Files.createDirectory(folder.resolve("in")), FRAMES);
        final List<String> kinds = CHOSEN == null ? List.copyOf(runs.keySet()) : List.of(CHOSEN.split(","));
        assertTrue(runs.keySet().containsAll(kinds), () -> "-Dtickwave.kinds=" + CHOSEN + ": expected some of " + runs.keySet());
        return kinds.stream().map(kind -> DynamicTest.dynamicTest(kind, () -> survivesManyKills(kind, runs.get(kind)))).toList();
    }

    private void survivesManyKills(final String kind, final String options) throws IOException, InterruptedException {
        final long seed = new Random().nextLong();
        final Random random = new Random(seed);
        final String held = options.contains("--hold") ? options : options + " --hold 1";
        final long fromNs = System.nanoTime();
        int kills = 0;
        int rounds = 0;
        for (; kills < KILLS; rounds++) {
            assertTrue(rounds < KILLS, kind + ": " + kills + " kills in " + rounds + " runs, seed " + seed);
            kills += killed("-Xmixed", kind + rounds, held, FRAMES, KILLS - kills, random);
        }
        System.out.println(kind + ": " + kills + " of " + KILLS + " kills survived, in " + rounds + " runs and "
            + TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - fromNs) + " s; seed " + seed);
    }

    /** Nothing of what was learnt before Ctrl-C is lost, also while the run waits for a frame. */
    @Test
    @Timeout(120)
    void anInterruptKeepsTheNewestFrame() throws IOException, InterruptedException {
        Assumptions.assumeTrue(new ProcessBuilder("sh", "-c", "kill -0 $$").start().waitFor() == 0, "a shell with kill");
        final StringBuilder rows = new StringBuilder("a,b\n");
        for (int i = 0; i < 60; i++) {
            rows.append(i % 7).append(',').append(i % 5).append('\n');
        }
        final Path answers = folder.resolve("answers");
        final String run = "run --quiet --pace none --json --threads 1 --layers 8 --format csv --fps 100 --hold 1 --input - --answers ";
        final String kept = answers + " --checkpoint " + folder.resolve("keep");
        final Program first = Program.start((run + kept).split(" "));
        final int half = rows.length() / 2 / 4 * 4;
        first.write(rows.substring(0, half).getBytes());
        while (!Files.exists(answers) || Files.size(answers) < 1_000) {
            LockSupport.parkNanos(1_000_000);
        }
        first.interrupt();
        final Program.Ended interrupted = first.end();
        assertEquals(130, interrupted.code(), interrupted.err());
        assertEquals(1, JsonParser.parseString(interrupted.out()).getAsJsonObject().get("checkpoints").getAsInt(), interrupted.out());
        final String pipe = run.replace("--input -", "--input " + Fifo.of(folder.resolve("pipe"), rows.toString()));
        final Outcome resumed = Outcome.of((pipe + kept + " --resume").split(" "));
        assertEquals(0, resumed.exit(), resumed.err());
        assertTrue(resumed.err().startsWith("--resume: discarded "), resumed.err());
        final Path whole = folder.resolve("whole");
        final Outcome one = Outcome.of((run.replace("--input -", "--input " + Fifo.of(folder.resolve("other"), rows.toString())) + whole).split(" "));
        final JsonObject expected = one.json();
        expected.add("input", resumed.json().get("input"));
        assertEquals(KeptRuns.result(expected), KeptRuns.result(resumed.json()));
        assertArrayEquals(Files.readAllBytes(whole), Files.readAllBytes(answers));
    }

    /** On a frame clock, the run is waiting for the next frame's time. */
    @Test
    @Tag("soak")
    @Timeout(120)
    void anInterruptOfALiveRunKeepsTheNewestFrame() throws IOException, InterruptedException {
        Assumptions.assumeTrue(new ProcessBuilder("sh", "-c", "kill -0 $$").start().waitFor() == 0, "a shell with kill");
        final Path file = folder.resolve("keep");
        final String run = "run --quiet --json --threads 1 --layers 8 --hold 3 --checkpoint " + file + " ";
        final Program first = Program.start((run + "--fps 40 --every 10").split(" "));
        while (!Files.exists(file)) {
            LockSupport.parkNanos(1_000_000);
        }
        first.interrupt();
        final Program.Ended interrupted = first.end();
        assertEquals(130, interrupted.code(), interrupted.err());
        final JsonObject stopped = JsonParser.parseString(interrupted.out()).getAsJsonObject();
        final Outcome resumed = Outcome.of((run + "--pace none --frames 500 --resume").split(" "));
        assertEquals(0, resumed.exit(), resumed.err());
        assertEquals(stopped.get("frames"), resumed.json().get("resumed_frames"));
        final Outcome whole = Outcome.of((run.replaceAll("--checkpoint \\S+", "") + "--pace none --frames 500").split(" +"));
        assertEquals(whole.json().get("weights_crc32c"), resumed.json().get("weights_crc32c"));
        assertEquals(whole.json().get("answers_crc32c"), resumed.json().get("answers_crc32c"));
    }
}
