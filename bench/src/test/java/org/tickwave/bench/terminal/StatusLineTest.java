package org.tickwave.bench.terminal;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tickwave.Engine;
import org.tickwave.bench.input.Input;
import org.tickwave.bench.session.Feed;
import org.tickwave.bench.session.Session;
import org.tickwave.bench.setup.MadeOptions;
import org.tickwave.bench.setup.RunPlan;
import org.tickwave.bench.stream.FrameStream;
import org.tickwave.bench.table.TableOptions;

@Timeout(60)
class StatusLineTest {
    private static final TableOptions STATE = new TableOptions(null, true, null, null, "state", null, null, false, true);

    /** The first line that has the text. The session runs until then. */
    private static String line(final MadeOptions options, final String text) throws Exception {
        final StringWriter err = new StringWriter();
        final StatusLine line =
            new StatusLine(new Terminal(new PrintWriter(new StringWriter()), new PrintWriter(err), false, false, false, 80), 1);
        final Input input = Input.of(options.input, options.table);
        try (FrameStream stream = input.open()) {
            final RunPlan plan = RunPlan.of(options.settled(), stream);
            try (Engine engine = Engine.open(plan.description().network(), plan.context());
                Feed feed = plan.feed(stream, input::open, Long.MAX_VALUE, Long.MAX_VALUE)) {
                final Session session = plan.session(options.settled(), feed, engine, null, null, (of, tookNs) -> {
                    line.ticked(of, tookNs);
                    if (of.engine().ticks() % 1_000 == 0 && err.toString().contains(text)) {
                        of.stop();
                    }
                }, Double.POSITIVE_INFINITY);
                session.run();
            }
        } finally {
            line.end();
        }
        return err.toString().lines().filter(each -> each.contains(text)).findFirst().orElseThrow();
    }

    @Test
    void theBudgetIsShownOnlyWhereThereIsOne(@TempDir final Path folder) throws Exception {
        final MadeOptions options = new MadeOptions();
        options.input = Files.writeString(folder.resolve("t.csv"), "a,state\n" + "1,open\n2,shut\n".repeat(100)).toString();
        options.table = STATE;
        options.layers = List.of(4);
        final String without = line(options, " of rows right");
        assertTrue(without.matches("[0-9,]+ frames  [0-9,]+ ticks/s  p99 [0-9.]+ [nmu]?s  [0-9.]+ % of rows right"), without);
        assertFalse(without.contains("NaN"), without);
        options.fps = 100.;
        final String with = line(options, " of rows right");
        assertTrue(with.matches(".*  p99 [0-9.]+ [nmu]?s, .* of budget  [0-9.]+ % of rows right"), with);
    }

    @Test
    void theGradientsErrorIsShownOnceThereIsAnAudit(@TempDir final Path folder) throws Exception {
        final MadeOptions options = new MadeOptions();
        options.input = Files.writeString(folder.resolve("t.csv"), "a,state\n" + "1,open\n2,shut\n".repeat(100)).toString();
        options.table = STATE;
        options.layers = List.of(4);
        options.audit = 10L;
        final String with = line(options, "  gradient error ");
        assertTrue(with.matches(".*  gradient error [0-9.e-]+"), with);
    }
}
