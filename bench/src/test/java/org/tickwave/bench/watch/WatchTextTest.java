package org.tickwave.bench.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.tickwave.bench.terminal.Terminal;

class WatchTextTest {
    private static final SeenWaves WAVES = new SeenWaves(9, new float[][] {{4, 1, Float.NaN}, {1, 4, .25f}}, new float[][] {{Float.NaN, 1, 1}, {Float.NaN, 0, 1}},
        new float[][] {{4, 4}, {1, 4, .25f}, null}, new float[][] {null, {1, 1, 0}, {1}});
    private static final Sight SIGHT = new Sight(Sight.State.TICKING, 1_234, 56, 99.6, Double.NaN, 625_000, 7, .125, .5, WAVES);

    private static Terminal terminal(final boolean tty, final boolean color, final int columns) {
        final PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        return new Terminal(nowhere, nowhere, tty, color, false, columns);
    }

    @Test
    void aLineHasTheNumbersThatAreKnown() {
        assertEquals("ticking  56 frames  1,234 ticks  100 ticks/s  budget 625.0 us  late 7  loss 0.1250, over all 0.5000", WatchText.line(SIGHT));
        assertEquals("opening  0 ticks", WatchText.line(
            new Sight(Sight.State.OPENING, 0, -1, Double.NaN, Double.NaN, Double.NaN, -1, Double.NaN, Double.NaN, null)));
    }

    /** Layers across, older ticks below. What a ring did not hold is blank. */
    @Test
    void aScreenHasBothWaves() {
        final List<String> screen = new WatchText(MadeWatch.chain(), terminal(true, false, 13)).screen(SIGHT);
        assertEquals(List.of("made  2-3-1 ", "ticking  56 ", "forward wave", "### *#+    "), screen.subList(0, 4));
        assertEquals("### ***    ", screen.get(4));
        assertEquals("", screen.get(5));
        assertEquals("backward wav", screen.get(11));
        assertEquals(2 + 2 * 9, screen.size());
    }

    @Test
    void coloursAreUsedOnlyIfTheTerminalHasThem() {
        assertTrue(new WatchText(MadeWatch.chain(), terminal(true, true, 80)).screen(SIGHT).stream().anyMatch(line -> line.contains("\033[38;5;51m")));
        assertTrue(new WatchText(MadeWatch.chain(), terminal(true, false, 80)).screen(SIGHT).stream().noneMatch(line -> line.contains("\033")));
    }

    @Test
    void aWideNetworkFitsItsTerminal() {
        final int layers = 200;
        final Shape wide = Shapes.of("made", "", "diffusion", 1, layers - 1, org.tickwave.layout.Wiring.chain(layers - 1),
            java.util.stream.IntStream.range(0, layers).mapToObj(Integer::toString).toList(), java.util.stream.IntStream.range(0, layers).map(_ -> 3).toArray());
        final SeenWaves waves = new WaveReader(wide, MadeWatch.rings(wide, 0)).read(30);
        for (final String line : new WatchText(wide, terminal(true, false, 80)).screen(
            new Sight(Sight.State.TICKING, 30, 3, 1, 1, 1, 1, 1, 1, waves))) {
            assertTrue(line.length() < 80, line);
        }
    }

    /** Elsewhere than on a terminal there are lines without escapes. The last one tells the end. */
    @Test
    void aWatcherPrintsUntilTheEnd() {
        final StringWriter out = new StringWriter();
        final Terminal pipe = new Terminal(new PrintWriter(out), new PrintWriter(Writer.nullWriter()), false, true, true, 80);
        final Watched ended = new Watched() {
            @Override
            public Shape shape() {
                return MadeWatch.chain();
            }

            @Override
            public Sight look() {
                return new Sight(Sight.State.ENDED, 5, 1, Double.NaN, Double.NaN, Double.NaN, -1, Double.NaN, Double.NaN, null);
            }
        };
        assertEquals(Sight.State.ENDED, new Watcher(ended, pipe, false, false).watch().state());
        assertEquals("ended  1 frames  5 ticks" + System.lineSeparator(), out.toString());
    }

    /** Beside a page the watch looks as often as the page, and still prints a line every second. */
    @Test
    void aWatcherBesideAPagePrintsSeldom() {
        final int seconds = 1;
        final int looksPerSecond = 10;
        final StringWriter out = new StringWriter();
        final Terminal pipe = new Terminal(new PrintWriter(out), new PrintWriter(Writer.nullWriter()), false, false, false, 80);
        final Watched counting = new Watched() {
            private int looks;

            @Override
            public Shape shape() {
                return FIRST;
            }

            @Override
            public Sight look() {
                looks++;
                return new Sight(looks < seconds * looksPerSecond + 2 ? Sight.State.TICKING : Sight.State.ENDED, looks, -1, Double.NaN, Double.NaN,
                    Double.NaN, -1, Double.NaN, Double.NaN, null);
            }
        };
        new Watcher(counting, pipe, false, true).watch();
        assertEquals(List.of("ticking  1 ticks", "ticking  11 ticks", "ended  12 ticks"), out.toString().lines().toList());
    }

    /** Waits for a writer, and then sees two networks, one after the other. Tells each once. */
    private static Watched following() {
        return new Watched() {
            private int looks;

            @Override
            public Shape shape() {
                return looks == 1 ? null : looks == 2 ? FIRST : SECOND;
            }

            @Override
            public String notice() {
                return looks == 2 ? null : "notice " + looks;
            }

            @Override
            public Sight look() {
                looks++;
                return looks == 1 ? Sight.nothing(Sight.State.WAITING) : looks == 2 ? SIGHT : SIGHT.in(Sight.State.DIED);
            }
        };
    }

    private static final Shape FIRST = MadeWatch.chain().of(1, 0);
    private static final Shape SECOND = MadeWatch.chain().of(1, 5);

    private static List<String> printed(final boolean tty, final boolean json) {
        final StringWriter out = new StringWriter();
        final StringWriter err = new StringWriter();
        new Watcher(following(), new Terminal(new PrintWriter(out), new PrintWriter(err), tty, false, false, 80), json, false).watch();
        return List.of(out.toString(), err.toString());
    }

    @Test
    void aWatcherSaysOnceThatAnotherWriterHasCome() {
        final List<String> lines = printed(false, false);
        assertEquals("waiting  0 ticks\nticking  56 frames\ndied  56 frames", lines.getFirst().lines().map(line -> line.replaceAll("frames.*", "frames"))
            .collect(Collectors.joining("\n")));
        assertEquals("watch: notice 1\nwatch: notice 3\n", lines.getLast().replace("\r", ""));
        final List<String> json = printed(false, true);
        assertEquals("state waiting, started 0, state ticking, started 5, state died", json.getFirst().lines().map(line -> {
            final JsonObject object = JsonParser.parseString(line).getAsJsonObject();
            return object.has("started_ms") ? "started " + object.get("started_ms") : "state " + object.get("state").getAsString();
        }).collect(Collectors.joining(", ")));
        assertEquals("watch: notice 1\nwatch: notice 3\n", json.getLast().replace("\r", ""));
    }

    /** The notice stays above the picture, and the picture is drawn over the picture before. */
    @Test
    void aScreenIsDrawnBelowWhatIsTold() {
        final int lines = 2 + 2 * 9;
        final String drawn = printed(true, false).getLast();
        assertTrue(drawn.startsWith("\033[2Kwatch: notice 1\n\033[2Kmade  2-3-1"), drawn);
        assertTrue(drawn.contains("\r\033[" + lines + "A\033[2Kwatch: notice 3\n\033[2Kmade  2-3-1"), drawn);
        assertEquals(2 + 2 * lines, drawn.chars().filter(c -> c == '\n').count());
    }
}
