package org.tickwave;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A frame may be given before the bands begin the last committed tick, even if that tick holds the frame before. */
class WriteAheadTest {
    private static final float[] FIRST = {1, 2};
    private static final float[] SECOND = {3, 4};

    static List<Rule> rules() {
        return List.of(Rule.diffusion(), Rule.window(1), Rule.aligned());
    }

    @ParameterizedTest
    @MethodSource("rules")
    void aHeldFrameIsNotTheNextOne(final Rule rule) {
        final Context context = new Context().rule(rule).bands(1);
        try (Engine engine = Engine.open(Network.chain(2, 3, 2).build(), context)) {
            final WaveAgent agent = engine.agent(0);
            engine.input(FIRST).target(FIRST);
            engine.commit(2);
            assertEquals(1, agent.doWork());
            assertTrue(engine.ready());
            engine.input(SECOND).target(SECOND);
            assertEquals(1, agent.doWork());
            engine.commit();
            assertEquals(1, agent.doWork());
            final float[] frame = new float[2];
            assertTrue(engine.waves().activation(0, 1, frame));
            assertArrayEquals(FIRST, frame);
            assertTrue(engine.waves().activation(0, 2, frame));
            assertArrayEquals(SECOND, frame);
        }
    }
}
