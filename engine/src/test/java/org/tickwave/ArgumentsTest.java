package org.tickwave;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.function.Consumer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bad arguments are refused by name and value, and change nothing. */
class ArgumentsTest {
    private static final Network NETWORK = Network.chain(3, 5, 2).build();

    record Description(String message, Class<? extends RuntimeException> type, Runnable bad) {
        @Override
        public String toString() {
            return message;
        }
    }

    private static Description refuses(final String message, final Runnable bad) {
        return new Description(message, IllegalArgumentException.class, bad);
    }

    private static Description named(final String message, final Runnable bad) {
        return new Description(message, NullPointerException.class, bad);
    }

    private static Context context() {
        return new Context();
    }

    static List<Description> descriptions() {
        return List.of(
            refuses("widths []: expected", () -> Network.chain().build()),
            refuses("widths [3]: expected", () -> Network.chain(3).build()),
            refuses("width 0 of layer 1: expected", () -> Network.chain(3, 0, 2).build()),
            refuses("width -7 of layer 0: expected", () -> Network.chain(-7, 2).build()),
            refuses("output activation TANH with SOFTMAX_CROSS_ENTROPY: expected IDENTITY",
                () -> Network.chain(3, 2).outputActivation(Activation.TANH).loss(Loss.SOFTMAX_CROSS_ENTROPY).build()),
            refuses("output activation LOGISTIC with LOGISTIC_CROSS_ENTROPY: expected IDENTITY",
                () -> Network.chain(3, 2).outputActivation(Activation.LOGISTIC).loss(Loss.LOGISTIC_CROSS_ENTROPY).build()),
            refuses("network 2000000000-2000000000: its image would take at least 160000",
                () -> Network.chain(2_000_000_000, 2_000_000_000).build()),
            refuses("layer 3: expected 0 to 2", () -> NETWORK.width(3)),
            refuses("layer -1: expected 0 to 2", () -> NETWORK.width(-1)),
            refuses("layer 0: expected 1 to 2", () -> NETWORK.activation(0)),
            refuses("layer 3: expected 1 to 2", () -> NETWORK.activation(3)),
            named("widths", () -> Network.chain((int[]) null)),
            named("activation", () -> Network.chain(3, 2).activation(null)),
            named("output activation", () -> Network.chain(3, 2).outputActivation(null)),
            named("loss", () -> Network.chain(3, 2).loss(null)),
            refuses("window:0: expected", () -> Rule.window(0)),
            refuses("rule 'Aligned': expected diffusion, window:R", () -> Rule.parse("Aligned")),
            refuses("rule 'window:0': expected", () -> Rule.parse("window:0")),
            refuses("rule 'window:99999999999': expected", () -> Rule.parse("window:99999999999")),
            refuses("rule 'window: 3': expected", () -> Rule.parse("window: 3")),
            refuses("window:-3: expected", () -> Rule.window(-3)),
            refuses("window:4: expected 1 to 3 (2L-1) for a network with L = 2",
                () -> Engine.open(NETWORK, context().rule(Rule.window(4)))),
            refuses("window:4: expected 1 to 3", () -> Engine.imageBytes(NETWORK, context().rule(Rule.window(4)))),
            refuses("hold 0: expected", () -> context().hold(0)),
            refuses("hold -1: expected", () -> context().hold(-1)),
            refuses("rate -1.0E-4: expected 0 to 1024", () -> context().rate(-1e-4f)),
            refuses("rate NaN: expected 0 to 1024", () -> context().rate(Float.NaN)),
            refuses("rate Infinity: expected 0 to 1024", () -> context().rate(Float.POSITIVE_INFINITY)),
            refuses("rate 1024.0001: expected 0 to 1024", () -> context().rate(Math.nextUp(1024f))),
            refuses("clip 0.0: expected above 1e-30", () -> context().clip(0)),
            refuses("clip -1.0: expected above 1e-30", () -> context().clip(-1)),
            refuses("clip NaN: expected above 1e-30", () -> context().clip(Float.NaN)),
            refuses("history -1: expected 0 to 1048576", () -> context().history(-1)),
            refuses("history 1048577: expected 0 to 1048576", () -> context().history((1 << 20) + 1)),
            refuses("threads 0: expected 1 to 1024", () -> context().threads(0)),
            refuses("threads 1025: expected 1 to 1024", () -> context().threads(1025)),
            refuses("bands 0: expected 1 to 1024", () -> context().bands(0)),
            refuses("bands -2: expected 1 to 1024", () -> context().bands(-2)),
            refuses("cut []: expected at least 1 layer a band", () -> context().cut(new int[0])),
            refuses("name \"\": expected 1 to 64 printable ASCII characters", () -> context().name("")),
            refuses("name \"a b\": expected 1 to 64 printable ASCII characters", () -> context().name("a b")),
            refuses("name \"\u00e4\": expected 1 to 64 printable ASCII characters", () -> context().name("\u00e4")),
            refuses("name \"a\n\": expected 1 to 64 printable ASCII characters", () -> context().name("a\n")),
            refuses("name \"" + "n".repeat(65) + "\": expected 1 to 64 printable ASCII characters", () -> context().name("n".repeat(65))),
            refuses("cut [2, 0]: expected at least 1 layer a band", () -> context().cut(2, 0)),
            refuses("cut [-1]: expected at least 1 layer a band", () -> context().cut(-1)),
            refuses("cut [1, 1] makes 2 bands: expected 1, as in bands(1)",
                () -> Engine.open(NETWORK, context().cut(1, 1))),
            refuses("cut [1, 1] makes 2 bands: expected 3, as in threads(3)",
                () -> Engine.open(NETWORK, context().threads(3).cut(1, 1))),
            refuses("cut [1, 2] has 3 layers: expected 2, as in network 3-5-2",
                () -> Engine.open(NETWORK, context().bands(2).cut(1, 2))),
            refuses("cut [1] has 1 layers: expected 2, as in network 3-5-2", () -> Engine.open(NETWORK, context().cut(1))),
            refuses("cacheBytes -1: expected at least 0", () -> context().cacheBytes(-1)),
            refuses("stallLimitNs -1: expected at least 0", () -> context().stallLimitNs(-1)),
            refuses("sampleEvery -1: expected at least 0", () -> context().sampleEvery(-1)),
            named("cut", () -> context().cut((int[]) null)),
            named("thread factory", () -> context().threadFactory(null)),
            named("idle strategy", () -> context().idleStrategy(null)),
            named("idle strategy", () -> Engine.open(NETWORK, context().idleStrategy(() -> null))),
            named("network", () -> Engine.suggestedThreads(null, context())),
            named("context", () -> Engine.suggestedThreads(NETWORK, null)),
            named("name", () -> context().name(null)),
            named("rule", () -> context().rule(null)),
            named("guard", () -> context().guard(null)),
            named("network", () -> Engine.open(null, context())),
            named("context", () -> Engine.open(NETWORK, null)),
            named("network", () -> Engine.imageBytes(null, context())));
    }

    @ParameterizedTest
    @MethodSource("descriptions")
    void isRefusedWhenItIsDescribed(final Description of) {
        final RuntimeException e = assertThrows(of.type, of.bad::run);
        assertTrue(e.getMessage().startsWith(of.message), e.getMessage());
    }

    /** The other threads could not access the memory. */
    @Test
    void aConfinedArenaIsForOneBandOnly() {
        for (final Context several : List.of(context().threads(2), context().bands(2))) {
            try (ImageArena arena = new ImageArena(Arena.ofConfined())) {
                final RuntimeException e =
                    assertThrows(IllegalArgumentException.class, () -> Engine.open(NETWORK, several.arena(arena)));
                assertTrue(e.getMessage().startsWith("the memory that Context.arena gave is confined to one thread, but there are 2 "), e.getMessage());
            }
        }
        try (Arena arena = Arena.ofConfined();
            Engine engine = Engine.open(Network.chain(3, 2).build(), context().threads(2).arena(arena))) {
            assertEquals(1, engine.bands().size());
        }
    }

    record Call(String message, Class<? extends RuntimeException> type, Consumer<Engine> bad) {
        @Override
        public String toString() {
            return message;
        }
    }

    private static Call call(final String message, final Consumer<Engine> bad) {
        return new Call(message, IllegalArgumentException.class, bad);
    }

    private static Call ends(final String message, final Consumer<Engine> bad) {
        return new Call(message, IndexOutOfBoundsException.class, bad);
    }

    private static MemorySegment segment(final int bytes) {
        return MemorySegment.ofArray(new byte[bytes]);
    }

    static List<Call> calls() {
        return List.of(
            call("frame of 2 numbers: expected 3", engine -> engine.input(new float[2])),
            call("frame of 4 numbers: expected 3", engine -> engine.input(new float[4])),
            call("target of 1 numbers: expected 2", engine -> engine.input(new float[3]).target(new float[1])),
            ends("frame of 12 bytes at 1 in a segment of 12 bytes", engine -> engine.input(segment(12), 1)),
            ends("frame of 12 bytes at 0 in a segment of 11 bytes", engine -> engine.input(segment(11), 0)),
            ends("frame of 12 bytes at -1 in a segment of 20 bytes", engine -> engine.input(segment(20), -1)),
            ends("frame of 12 bytes at 9223372036854775807 in", engine -> engine.input(segment(20), Long.MAX_VALUE)),
            ends("target of 8 bytes at 5 in a segment of 12 bytes",
                engine -> engine.input(new float[3]).target(segment(12), 5)),
            ends("frame of 12 bytes at 1 in a buffer of 12 bytes",
                engine -> engine.input(new UnsafeBuffer(new byte[12]), 1)),
            ends("frame of 12 bytes at -4 in a buffer of 12 bytes",
                engine -> engine.input(new UnsafeBuffer(new byte[12]), -4)),
            ends("frame of 12 bytes at 2147483647 in a buffer of 12 bytes",
                engine -> engine.input(new UnsafeBuffer(new byte[12]), Integer.MAX_VALUE)),
            ends("target of 8 bytes at 1 in a buffer of 8 bytes",
                engine -> engine.input(new float[3]).target(new UnsafeBuffer(new byte[8]), 1)),
            call("frame of 2 numbers: expected 3", engine -> engine.answer(new float[2], new float[2])),
            call("answer of 3 numbers: expected 2", engine -> engine.answer(new float[3], new float[3])),
            call("frame[1] is Infinity: expected at most 2^30",
                engine -> engine.answer(new float[] {0, Float.POSITIVE_INFINITY, 0}, new float[2])),
            ends("frame of 12 bytes at 1 in a segment of 12 bytes", engine -> engine.answer(segment(12), 1, segment(8), 0)),
            ends("answer of 8 bytes at 1 in a segment of 8 bytes", engine -> engine.answer(segment(12), 0, segment(8), 1)),
            ends("answer of 8 bytes at -1 in a segment of 9 bytes", engine -> engine.answer(segment(12), 0, segment(9), -1)),
            call("the segment for the answer is read-only: expected memory that can be written",
                engine -> engine.answer(segment(12), 0, segment(8).asReadOnly(), 0)),
            ends("frame of 12 bytes at -4 in a buffer of 12 bytes",
                engine -> engine.answer(new UnsafeBuffer(new byte[12]), -4, new UnsafeBuffer(new byte[8]), 0)),
            ends("answer of 8 bytes at 4 in a buffer of 8 bytes",
                engine -> engine.answer(new UnsafeBuffer(new byte[12]), 0, new UnsafeBuffer(new byte[8]), 4)),
            call("advance(0): expected at least 1 tick", engine -> engine.advance(0)),
            call("advance(-5): expected at least 1 tick", engine -> engine.advance(-5)),
            call("commit(0): expected at least 1 tick", engine -> engine.commit(0)),
            call("commit(-1): expected at least 1 tick", engine -> engine.commit(-1)),
            call("band 1: expected 0 to 0", engine -> engine.agent(1)),
            call("band -1: expected 0 to 0", engine -> engine.agent(-1)),
            call("rate 1025.0: expected 0 to 1024", engine -> engine.rate(1025)),
            call("rate NaN: expected 0 to 1024", engine -> engine.rate(Float.NaN)),
            call("projection 0: expected 1 to 2", engine -> engine.weights(0, new float[1])),
            call("projection 3: expected 1 to 2", engine -> engine.weights(3, 0, new float[1])),
            call("layer 3: expected 1 to 2", engine -> engine.biases(3, new float[1])),
            call("projection 0: expected 1 to 2", engine -> engine.setWeights(0, new float[1], new float[1])),
            call("layer 0: expected 1 to 2", engine -> engine.guardTrips(0)),
            call("layer 3: expected 1 to 2", engine -> engine.firstGuardTrip(3)),
            call("weights of layer 1: an array of 14 numbers, expected 15", engine -> engine.weights(1, new float[14])),
            call("weights of layer 1: an array of 2 numbers, expected 3", engine -> engine.weights(1, 0, new float[2])),
            call("row 5 of layer 1: expected 0 to 4", engine -> engine.weights(1, 5, new float[3])),
            call("row -1 of layer 2: expected 0 to 1", engine -> engine.weights(2, -1, new float[5])),
            call("biases of layer 2: an array of 3 numbers, expected 2", engine -> engine.biases(2, new float[3])),
            call("weights of layer 2: an array of 9 numbers, expected 10",
                engine -> engine.setWeights(2, new float[9], new float[2])),
            call("biases of layer 2: an array of 1 numbers, expected 2",
                engine -> engine.setWeights(2, new float[10], new float[1])),
            call("projection 3: expected 1 to 2", engine -> engine.setWeights(3, 0, new float[1])),
            call("row 2 of layer 2: expected 0 to 1", engine -> engine.setWeights(2, 2, new float[5])),
            call("row -1 of layer 1: expected 0 to 4", engine -> engine.setWeights(1, -1, new float[3])),
            call("weights of layer 1: an array of 4 numbers, expected 3", engine -> engine.setWeights(1, 0, new float[4])),
            call("weight 0 of row 1 of layer 2 is NaN", engine -> engine.setWeights(2, 1, new float[] {Float.NaN, 0, 0, 0, 0})),
            call("layer 0: expected 1 to 2", engine -> engine.setBiases(0, new float[3])),
            call("biases of layer 2: an array of 1 numbers, expected 2", engine -> engine.setBiases(2, new float[1])),
            call("bias 1 of layer 2 is NaN", engine -> engine.setBiases(2, new float[] {0, Float.NaN})),
            call("layer 3: expected 0 to 2", engine -> engine.waves().activation(3, 0, new float[9])),
            call("layer -1: expected 0 to 2", engine -> engine.waves().frame(-1, 0)),
            call("layer 0: expected 1 to 2", engine -> engine.waves().delta(0, 0, new float[9])),
            call("layer 1: an array of 4 numbers, expected at least 5", engine -> engine.waves().delta(1, 0, new float[4])),
            call("layer 0: an array of 2 numbers, expected at least 3",
                engine -> engine.waves().activation(0, 0, new float[2])));
    }

    @ParameterizedTest
    @MethodSource("calls")
    void isRefusedAndLeavesTheEngineAsItWas(final Call of) {
        try (Engine engine = learnt(); Engine other = learnt()) {
            final RuntimeException e = assertThrows(of.type, () -> of.bad.accept(engine));
            assertTrue(e.getMessage().startsWith(of.message), e.getMessage());
            engine.advance(7);
            other.advance(7);
            assertEquals(Bits.of(other), Bits.of(engine));
        }
    }

    private static Engine learnt() {
        final Engine engine = Engine.open(NETWORK, context());
        engine.input(new float[] {1, 2, 3}).target(new float[] {4, 5}).advance(6);
        return engine;
    }

    @Test
    void theContextIsCopied() {
        final Context context = context().rate(0);
        try (Engine engine = Engine.open(NETWORK, context); Engine other = Engine.open(NETWORK, context().rate(0))) {
            context.rate(1).hold(7).guard(Engine.Guard.COUNT);
            engine.input(new float[] {1, 2, 3}).target(new float[] {4, 5}).advance(9);
            other.input(new float[] {1, 2, 3}).target(new float[] {4, 5}).advance(9);
            assertEquals(Bits.of(other), Bits.of(engine));
        }
    }

    @Test
    void imageBytesGrowWithTheRuleAndTheHistory() {
        final Network deep = Network.chain(64, 64, 64, 64, 64).build();
        final long diffusion = Engine.imageBytes(deep, context().rule(Rule.diffusion()));
        final long aligned = Engine.imageBytes(deep, context());
        assertTrue(aligned > diffusion);
        assertTrue(Engine.imageBytes(deep, context().history(10)) > aligned);
        assertTrue(diffusion > 4 * 64 * 64 * Float.BYTES);
    }

    @Test
    void rulesAndNetworksSayWhatTheyAre() {
        assertEquals("3-5-2", NETWORK.toString());
        assertEquals("diffusion", Rule.diffusion().toString());
        assertEquals("window:3", Rule.window(3).toString());
        assertEquals("aligned", Rule.aligned().toString());
        for (final Rule rule : List.of(Rule.diffusion(), Rule.window(3), Rule.aligned())) {
            assertEquals(rule, Rule.parse(rule.toString()));
        }
        assertEquals(Rule.window(12), Rule.parse("window:0012"));
    }
}
