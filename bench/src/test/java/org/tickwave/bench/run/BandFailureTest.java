package org.tickwave.bench.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.agrona.concurrent.IdleStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tickwave.Context;
import org.tickwave.Engine;
import org.tickwave.bench.model.Model;
import org.tickwave.bench.model.Models;
import org.tickwave.bench.report.Clock;
import org.tickwave.bench.report.Crc;
import org.tickwave.bench.report.Report;
import org.tickwave.bench.session.Feed;
import org.tickwave.bench.session.Idle;
import org.tickwave.bench.session.SessionObserver;
import org.tickwave.bench.setup.MadeOptions;
import org.tickwave.bench.setup.RunFailure;
import org.tickwave.bench.setup.RunOptions;
import org.tickwave.bench.setup.RunPlan;
import org.tickwave.bench.stream.MadeStream;
import org.tickwave.bench.terminal.Terminal;

/** A run whose band throws. Here the band's idle strategy throws. */
@Timeout(60)
class BandFailureTest {
    private static final String CAUSE = "this core is on fire";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final RunOptions options = options();

    private static RunOptions options() {
        final MadeOptions options = new MadeOptions();
        options.gain = 10f;
        options.fps = 1000.0;
        options.hold = 1;
        options.layers = List.of(8);
        options.rate = 1e-2f;
        options.frames = 100_000L;
        options.clock = Clock.SPREAD;
        options.threads = 2;
        options.idle = Idle.SPIN;
        return options.settled();
    }

    /** Throws on the engine's own thread after some ticks. The thread of the session may wait for ever. */
    private static final class Fragile implements IdleStrategy {
        private final long ticks;
        private final Engine[] engine;

        Fragile(final long ticks, final Engine[] engine) {
            this.ticks = ticks;
            this.engine = engine;
        }

        @Override
        public void idle(final int work) {
            idle();
        }

        @Override
        public void idle() {
            Thread.onSpinWait();
            if (Thread.currentThread().getName().matches("tickwave-\\d+\\.\\d+") && engine[0] != null
                && engine[0].completed() >= ticks) {
                throw new IllegalStateException(CAUSE);
            }
        }

        @Override
        public void reset() {
            // This strategy has no state to reset.
        }
    }

    private Report report() throws Exception {
        return report(null);
    }

    /** @param saver null to save nothing */
    private Report report(final ModelSaver saver) throws Exception {
        final Engine[] opened = new Engine[1];
        try (MadeStream stream = new MadeStream(1)) {
            final RunPlan plan = RunPlan.of(options, stream);
            plan.context().idleStrategy(() -> new Fragile(50, opened));
            try (Engine engine = Engine.open(plan.description().network(), plan.context());
                Feed feed = plan.feed(options, null, stream)) {
                opened[0] = engine;
                final Report report = plan.session(options, feed, engine, null, null, SessionObserver.NOTHING, Double.POSITIVE_INFINITY).run();
                return saver == null ? report : report.withFiles(saver.save(report, plan, engine, null));
            }
        }
    }

    private RunFailure told(final Report report, final boolean json) {
        final Terminal terminal =
            new Terminal(new PrintWriter(out), new PrintWriter(err), false, false, false, 80);
        return assertThrows(RunFailure.class, () -> new RunResult(options, terminal, "test", json).tell(report));
    }

    @Test
    void oneLineNamesTheBandTheTickAndTheCauseAfterWhatWasLearntUntilThen() throws Exception {
        final Report report = report();
        assertEquals(Report.End.FAILED, report.end());
        assertTrue(report.counts().frames() >= 50 && report.counts().frames() < 100_000, "frames " + report.counts().frames());
        final RunFailure failure = told(report, false);
        assertEquals(1, failure.exitCode());
        assertTrue(failure.getMessage().matches("band 1 failed in .*tick \\d+: .*" + CAUSE), failure.getMessage());
        assertTrue(out.toString().contains("\nlearnt    loss "), out.toString());
        assertTrue(err.toString().contains(CAUSE) && err.toString().contains("\tat "), err.toString());
    }

    @Test
    void jsonHasNullForWhatOnlyTheEngineKnew() throws Exception {
        final Report report = report();
        told(report, true);
        final JsonObject json = JsonParser.parseString(out.toString()).getAsJsonObject();
        assertEquals("failed", json.get("end").getAsString());
        assertTrue(json.get("guard_trips").isJsonNull(), out.toString());
        assertTrue(json.get("unfinished").getAsBoolean());
        assertEquals(2, json.getAsJsonArray("bands").size());
        assertFalse(json.get("loss_last_quarter").isJsonNull());
        assertEquals(report.counts().frames(), json.get("frames").getAsLong());
    }

    @Test
    void whatWasLearntIsSavedAndItsTickIsSaidToBeUnfinished(@TempDir final Path folder) throws Exception {
        final Path file = folder.resolve("m");
        final MadeOptions saving = new MadeOptions();
        saving.save = file.toString();
        final Report report = report(ModelSaver.of(saving.make(), "test"));
        final Path stopped = Path.of(file + ".stopped");
        assertEquals(new Report.Files(null, stopped.toString(), null), report.files());
        final Model model = Models.read(stopped);
        assertTrue(model.unfinished().matches("band 1 failed in .*tick \\d+: .*" + CAUSE), model.unfinished());
        try (Engine engine = Engine.open(model.network(), new Context())) {
            for (int l = 1; l <= model.network().layers(); l++) {
                engine.setWeights(l, Models.layers(model).weights()[l - 1], Models.layers(model).biases()[l - 1]);
            }
            assertEquals(report.weightsCrc(), Crc.of(engine));
        }
        final RunFailure failure = told(report, false);
        assertTrue(failure.getMessage().endsWith("; the weights, with those of an unfinished tick, are in " + stopped), failure.getMessage());
        assertTrue(out.toString().contains("\nsaved     " + stopped + "; to use it: --load " + stopped
            + " --no-learn; its weights are of an unfinished tick\n"), out.toString());
        assertFalse(Files.exists(file));
    }
}
