package org.tickwave;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Graphs as an embedder describes them, and what is refused. */
class GraphBuilderTest {
    private static GraphBuilder twoSensors() {
        return Network.graph().layer("low", 5).from("camera").input("camera", 3).output("next", 3).from("high", "low")
            .input("gyro", 2).layer("high", 4).activation(Activation.RELU).from("low", "gyro")
            .output("label", 6).loss(Loss.SOFTMAX_CROSS_ENTROPY).from("high");
    }

    @Test
    void inputsComeFirstAndTheOrderOfDeclarationStays() {
        final Network network = twoSensors().build();
        assertEquals(List.of("camera", "gyro", "low", "next", "high", "label"), Stream.of(0, 1, 2, 3, 4, 5).map(network::name).toList());
        assertEquals(2, network.inputs());
        assertEquals(4, network.layers());
        assertEquals(5, network.last());
        assertEquals(5, network.frameWidth());
        assertEquals(9, network.targetWidth());
        assertArrayEquals(new int[] {3, 5}, network.outputs());
        assertEquals(4, network.layer("high"));
        assertEquals(Activation.RELU, network.activation(4));
        assertEquals(Activation.TANH, network.activation(2));
        assertEquals(Activation.IDENTITY, network.activation(5));
        assertEquals(Loss.SOFTMAX_CROSS_ENTROPY, network.loss(5));
        assertEquals(Loss.SQUARED_ERROR, network.loss(3));
        assertEquals(3, network.latency());
        assertEquals(3, network.latency(3));
        assertEquals(3, network.latency(5));
        assertEquals(6, network.projections());
        assertEquals(3, network.projection("low", "next"));
        assertEquals(2, network.from(3));
        assertEquals(3, network.to(3));
        assertEquals("camera 3, gyro 2, low 5, next 3, high 4, label 6", network.toString());
    }

    @Test
    void aLinkTakesItsLength() {
        final Network network = Network.graph().input("in", 2).layer("far", 3).from("in").length(5).layer("near", 3).from("in")
            .output("out", 2).from("far", "near").build();
        assertEquals(6, network.latency());
        assertEquals(4, network.wiring().delay(network.projection("near", "out")));
        assertEquals(4, network.wiring().delay(network.projection("in", "far")));
        assertEquals(0, network.wiring().delay(network.projection("in", "near")));
    }

    @Test
    void feedbackIsThatOfTheProjectionsOrOfTheLayer() {
        final Network network = Network.graph().input("in", 2).layer("a", 3).from("in").layer("b", 3).from("a").feedback(Feedback.RANDOM)
            .from("in").layer("c", 3).feedback(Feedback.DIRECT).from("b").feedback(Feedback.SIGN_SYMMETRIC).output("out", 2).from("c", "a")
            .build();
        assertEquals(List.of(Feedback.TRANSPOSE, Feedback.RANDOM, Feedback.TRANSPOSE, Feedback.SIGN_SYMMETRIC, Feedback.DIRECT,
            Feedback.TRANSPOSE), Stream.of(1, 2, 3, 4, 5, 6).map(network::feedback).toList());
        for (final Feedback feedback : Feedback.values()) {
            final Network all = network.withFeedback(feedback);
            final Feedback fromInput = feedback == Feedback.DIRECT ? Feedback.TRANSPOSE : feedback;
            assertEquals(List.of(fromInput, feedback, fromInput, feedback, feedback, feedback),
                Stream.of(1, 2, 3, 4, 5, 6).map(all::feedback).toList());
        }
    }

    /** Other feedback changes what is learnt, and no start weight and no answer. */
    @Test
    void feedbackChangesOnlyWhatIsLearnt() {
        final Network chain = Network.chain(3, 8, 8, 2).build();
        final List<List<Float>> learnt = new ArrayList<>();
        for (final Feedback feedback : Feedback.values()) {
            final float[] before = new float[24];
            final float[] after = new float[24];
            final float[] answer = new float[2];
            try (Engine engine = Engine.open(chain.withFeedback(feedback), new Context().warmUp(feedback == Feedback.SIGN_SYMMETRIC))) {
                engine.answer(new float[] {1, 2, 3}, answer);
                engine.weights(1, before);
                engine.input(new float[] {1, 2, 3}).target(new float[] {1, -1}).advance(12);
                engine.weights(1, after);
            }
            try (Engine engine = Engine.open(chain, new Context())) {
                final float[] expected = new float[24];
                final float[] expectedAnswer = new float[2];
                engine.weights(1, expected);
                engine.answer(new float[] {1, 2, 3}, expectedAnswer);
                assertArrayEquals(expected, before);
                assertArrayEquals(expectedAnswer, answer);
            }
            learnt.add(IntStream.range(0, after.length).mapToObj(i -> after[i]).toList());
        }
        assertEquals(Feedback.values().length, learnt.stream().distinct().count());
    }

    @Test
    void aChainIsAGraphLikeAnyOther() {
        final Network chain = Network.chain(3, 5, 2).build();
        assertEquals("2", chain.name(2));
        assertEquals(1, chain.layer("1"));
        assertEquals(2, chain.projection("1", "2"));
        assertEquals(3, chain.frameWidth());
        assertArrayEquals(new int[] {2}, chain.outputs());
    }

    record Bad(String message, GraphBuilder graph) {
        @Override
        public String toString() {
            return message;
        }
    }

    private static GraphBuilder start() {
        return Network.graph().input("in", 2);
    }

    static List<Bad> graphs() {
        return List.of(
            new Bad("a graph without an input: expected at least one", Network.graph().output("out", 1)),
            new Bad("a graph without an output: expected at least one", start().layer("a", 1).from("in")),
            new Bad("layer a from nowhere: expected one of in, a, out", start().layer("a", 1).from("nowhere").output("out", 1).from("a")),
            new Bad("output out, which no input reaches: expected a way from an input", start().output("out", 1).output("o", 1).from("in")),
            new Bad("layer a, which no input reaches: expected a way from an input",
                start().layer("a", 1).output("out", 1).from("a", "in")),
            new Bad("layer a, which reaches no output: expected a way to an output",
                start().layer("a", 1).from("in").output("out", 1).from("in")),
            new Bad("input other, which reaches no output: expected a way to an output",
                start().input("other", 1).output("out", 1).from("in")),
            new Bad("the cycle a -> b -> c -> a: expected a graph without cycles, or Balance.RECURRENT",
                start().layer("a", 1).from("in", "c").layer("b", 1).from("a").layer("c", 1).from("b").output("out", 1).from("c")),
            new Bad("the cycle a -> a: expected a graph without cycles, or Balance.RECURRENT",
                start().layer("a", 1).from("in", "a").output("out", 1).from("a").balance(Balance.IMMEDIATE)),
            new Bad("output activation TANH with SOFTMAX_CROSS_ENTROPY: expected IDENTITY, since the output holds logits",
                start().output("out", 1).activation(Activation.TANH).loss(Loss.SOFTMAX_CROSS_ENTROPY).from("in")),
            new Bad("network 2-2147483647-2147483647: its image would take at least ", start().layer("a", Integer.MAX_VALUE).from("in")
                .output("out", Integer.MAX_VALUE).from("a")));
    }

    @ParameterizedTest
    @MethodSource("graphs")
    void isRefusedWhenItIsBuilt(final Bad of) {
        final String message = assertThrows(IllegalArgumentException.class, of.graph::build).getMessage();
        assertEquals(of.message, message.substring(0, Math.min(message.length(), of.message.length())));
    }

    @Test
    void isRefusedAtOnce() {
        refused("name \"a b\" of a layer: expected 1 to 64 letters, digits, underscores, hyphens and full stops", () -> start().layer("a b", 1));
        refused("name \"\" of a layer: expected 1 to 64 letters, digits, underscores, hyphens and full stops", () -> start().layer("", 1));
        refused("width 0 of layer a: expected at least 1", () -> start().layer("a", 0));
        refused("two layers in: expected another name for each layer", () -> start().output("in", 1));
        refused("input in from a: expected no projection into an input", () -> start().from("a"));
        refused("two projections from in to a: expected one", () -> start().layer("a", 1).from("in", "in"));
        refused("two projections from in to a: expected one", () -> start().layer("a", 1).from("in").from("in"));
        refused("length 0: expected 1 to 65536 ticks", () -> start().layer("a", 1).from("in").length(0));
        refused("length(2) without a projection: expected from(...) first", () -> start().layer("a", 1).length(2));
        refused("feedback(RANDOM) without a projection: expected from(...) first", () -> start().layer("a", 1).feedback(Feedback.RANDOM));
        refused("feedback DIRECT of input in: expected a layer with weights", () -> start().feedback(Feedback.DIRECT));
        refused("activation TANH of input in: expected none, since an input holds the frame", () -> start().activation(Activation.TANH));
        refused("loss SQUARED_ERROR of layer a: expected an output", () -> start().layer("a", 1).loss(Loss.SQUARED_ERROR));
        refused("from before any layer: expected a layer first", () -> Network.graph().from("a"));
        refused("loss before any layer: expected a layer first", () -> Network.graph().loss(Loss.SQUARED_ERROR));
    }

    private static void refused(final String message, final Runnable call) {
        assertEquals(message, assertThrows(RuntimeException.class, call::run).getMessage());
    }

    @Test
    void aRuleThatNeedsBalanceIsRefused() {
        for (final Balance balance : List.of(Balance.IMMEDIATE, Balance.RECURRENT)) {
            final Network network = start().layer("a", 3).from("in").output("out", 2).from("a", "in").balance(balance).build();
            assertEquals("rule aligned where no projection waits: expected diffusion, or Balance.BALANCED",
                assertThrows(IllegalArgumentException.class, () -> Engine.open(network, new Context())).getMessage());
            Engine.open(network, new Context().rule(Rule.diffusion())).close();
        }
    }

    @Test
    void whatIsNotThereIsRefused() {
        final Network network = twoSensors().build();
        refused("layer \"middle\": expected one of camera, gyro, low, next, high, label", () -> network.layer("middle"));
        refused("projection from \"camera\" to \"high\": expected a projection of this network", () -> network.projection("camera", "high"));
        refused("output 4: expected one of [3, 5]", () -> network.loss(4));
        refused("the network has the outputs next, label: expected a call that names one of them", network::loss);
        refused("projection 7: expected 1 to 6", () -> network.from(7));
        refused("layer 1: expected 2 to 5", () -> network.activation(1));
    }
}
