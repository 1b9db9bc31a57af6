package org.tickwave.bench.watch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.tickwave.Context;
import org.tickwave.Engine;
import org.tickwave.Network;

class WaveReaderTest {
    @Test
    void aLookHasTheTicksThatTheRingsHold() {
        final SeenWaves seen = new WaveReader(MadeWatch.chain(), MadeWatch.rings(MadeWatch.chain(), 46)).read(50);
        assertEquals(49, seen.newest());
        assertEquals(4, seen.up().length);
        assertArrayEquals(new float[] {.46f, 1.46f, 2.46f}, seen.up()[0], 1e-6f);
        assertArrayEquals(new float[] {.49f, 1.49f, 2.49f}, seen.up()[3], 1e-6f);
        assertArrayEquals(new float[] {Float.NaN, 1.49f, 2.49f}, seen.down()[3], 1e-6f);
        assertArrayEquals(new float[] {1.49f, 1.49f, 1.49f}, seen.upBins()[1], 1e-6f);
        assertNull(seen.downBins()[0]);
    }

    /** The ring refuses the newest tick of layer 1, as it does when a writer comes between. Its numbers were overwritten by then. */
    @Test
    void aTornVectorIsNotShown() {
        final WaveReader.Rings whole = MadeWatch.rings(MadeWatch.chain(), 0);
        final SeenWaves seen = new WaveReader(MadeWatch.chain(), new WaveReader.Rings() {
            @Override
            public boolean activation(final int layer, final long tick, final float[] to) {
                return whole.activation(layer, tick, to) && !(layer == 1 && tick == 9);
            }

            @Override
            public boolean delta(final int layer, final long tick, final float[] to) {
                return whole.delta(layer, tick, to) && layer != 2;
            }
        }).read(10);
        assertArrayEquals(new float[] {.09f, Float.NaN, 2.09f}, seen.up()[9], 1e-6f);
        assertArrayEquals(new float[] {1.08f, 1.08f, 1.08f}, seen.upBins()[1], 1e-6f, "the newest whole vector");
        assertNull(seen.downBins()[2]);
        assertTrue(Float.isNaN(seen.down()[9][2]));
    }

    @Test
    void beforeTheFirstTickThereIsNothing() {
        assertNull(new WaveReader(MadeWatch.chain(), MadeWatch.rings(MadeWatch.chain(), 0)).read(0));
    }

    @Test
    void aWideVectorIsReducedToMeansOfEqualParts() {
        final Shape wide = Shapes.of("made", "64-64", "aligned", 1, 1, org.tickwave.layout.Wiring.chain(1), java.util.List.of("0", "1"), new int[] {64, 64});
        final SeenWaves seen = new WaveReader(wide, new WaveReader.Rings() {
            @Override
            public boolean activation(final int layer, final long tick, final float[] to) {
                for (int i = 0; i < 64; i++) {
                    to[i] = i % 2 == 0 ? -i : 0;
                }
                return true;
            }

            @Override
            public boolean delta(final int layer, final long tick, final float[] to) {
                return false;
            }
        }).read(3);
        assertEquals(32, seen.upBins()[0].length);
        assertEquals(31, seen.upBins()[0][31]);
        assertEquals(1, seen.upBins()[0][1]);
    }

    /** The rings of a watched network hold a frame's way up and its error's way down. */
    @Test
    void theRingsOfAWatchedEngineHoldManyTicks() {
        final Network network = Network.chain(2, 3, 1).build();
        try (Engine engine = Engine.open(network, new Context().history(RunWatch.history(network)))) {
            for (int i = 1; i <= 20; i++) {
                engine.input(new float[] {i, 0}).target(new float[] {1}).tick();
            }
            final SeenWaves seen = new WaveReader(MadeWatch.chain(), WaveReader.Rings.of(engine.waves())).read(engine.completed());
            assertEquals(19, seen.newest());
            assertTrue(seen.up().length >= 7, () -> seen.up().length + " ticks");
            // Frame 20 came in tick 19.
            assertEquals(20 / Math.sqrt(2), seen.up()[seen.up().length - 1][0], 1e-4);
        }
    }
}
