package org.tickwave.bench.terminal;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.Writer;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tickwave.Context;
import org.tickwave.Engine;
import org.tickwave.Network;

class WaveStripTest {
    private static String strip(final Engine engine, final int columns, final boolean color, final boolean blocks) {
        final PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        final WaveStrip strip = new WaveStrip(new Terminal(nowhere, nowhere, true, color, blocks, columns));
        strip.copy(engine);
        return strip.draw();
    }

    @Test
    void aWaveAppearsInTheLayerThatItHasReached() {
        try (Engine engine = Engine.open(Network.chain(8, 8, 8, 8).build(), new Context())) {
            engine.input(new float[] {1, 0, 0, 0, 0, 0, 0, 0}).tick();
            final String up = forwardCells(strip(engine, 100, false, false));
            assertTrue(up.matches("x #[.]{7} [.#]*#[.#]* [.]{8} [.]{8}"), up);
        }
    }

    /** The cells of the forward wave, with every shade except the lightest as #. */
    private static String forwardCells(final String strip) {
        return strip.substring(0, strip.indexOf("  delta")).replaceAll("[:+*#]", "#");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 31, 200})
    void aStripFitsItsTerminalAndShowsTheOutput(final int layers) {
        final int[] widths = IntStream.range(0, layers + 1).map(l -> 3).toArray();
        try (Engine engine = Engine.open(Network.chain(widths).build(), new Context())) {
            for (int i = 0; i < 3 * layers; i++) {
                engine.input(new float[] {1, 2, 3}).target(new float[] {4, 5, 6}).tick();
            }
            final String strip = strip(engine, 80, false, true);
            assertTrue(strip.length() <= 80, strip);
            assertTrue(strip.endsWith("\u2588") || strip.lastIndexOf('\u2588') > strip.indexOf("delta"), strip);
        }
    }

    @Test
    void aGraphShowsAllItsInputsAndLayers() {
        final Network graph = Network.graph().input("a", 4).input("b", 4).layer("low", 4).from("a").output("one", 4).from("low", "b")
            .output("two", 4).from("low").build();
        try (Engine engine = Engine.open(graph, new Context())) {
            for (int i = 0; i < 6; i++) {
                engine.input(new float[] {0, 0, 0, 0, 1, 0, 0, 0}).target(new float[8]).tick();
            }
            final String strip = strip(engine, 100, false, false);
            assertTrue(strip.matches("x [.]{4} #[.]{3} [.:+*#]{4} [.:+*#]{4} [.:+*#]{4}  delta [.:+*#]{4} [.:+*#]{4} [.:+*#]{4}"), strip);
        }
    }

    @Test
    void colourIsUsedOnlyIfTheTerminalHasIt() {
        try (Engine engine = Engine.open(Network.chain(3, 3).build(), new Context())) {
            engine.input(new float[3]).tick();
            assertTrue(strip(engine, 80, true, true).contains("\033["));
            assertFalse(strip(engine, 80, false, true).contains("\033["));
            assertTrue(Arrays.stream(strip(engine, 80, false, false).split("")).allMatch(c -> c.charAt(0) < 128));
        }
    }
}
