package org.tickwave.safetensors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tickwave.Feedback;
import org.tickwave.Network;

class NetworkTensorsTest {
    @Test
    void aChainHasTheNamesOfASequential() {
        final NetworkTensors tensors = NetworkTensors.of(Network.chain(4, 3, 2).build());
        assertEquals("{0.weight=[3, 4], 0.bias=[3], 2.weight=[2, 3], 2.bias=[2]}", tensors.toString());
        assertEquals(List.of("0.weight", "0.bias", "2.weight", "2.bias"), List.copyOf(tensors.shapes().keySet()));
        assertEquals("2.weight", tensors.weights(2));
        assertEquals("2.bias", tensors.biases(2));
        assertEquals(NetworkTensors.ofChain(4, 3, 2), tensors);
    }

    @Test
    void aGraphHasTheNamesOfItsLayers() {
        final Network graph = Network.graph().input("a", 3).input("b", 4).layer("low", 5).from("a", "b").output("first", 1).from("low")
            .output("second", 2).from("low", "b").build();
        assertEquals("{low/from/a=[5, 3], low/from/b=[5, 4], first/from/low=[1, 5], second/from/low=[2, 5], second/from/b=[2, 4], "
            + "low/bias=[5], first/bias=[1], second/bias=[2]}", NetworkTensors.of(graph).toString());
        assertEquals("second/from/b", NetworkTensors.of(graph).weights(graph.projection("b", "second")));
        assertEquals("low/bias", NetworkTensors.of(graph).biases(graph.layer("low")));
    }

    /** So a file does not depend on the shape that a graph happens to have. */
    @Test
    void aGraphInTheShapeOfAChainIsAGraph() {
        final Network graph = Network.graph().input("in", 4).layer("mid", 3).from("in").output("out", 2).from("mid").build();
        assertEquals("{mid/from/in=[3, 4], out/from/mid=[2, 3], mid/bias=[3], out/bias=[2]}", NetworkTensors.of(graph).toString());
        assertNotEquals(NetworkTensors.ofChain(4, 3, 2), NetworkTensors.of(graph));
    }

    /** Only {@link Network#chain} makes a chain, whatever the names are. */
    @ParameterizedTest
    @ValueSource(strings = {"in", "0"})
    void aGraphWhoseLayersAreNumbersIsAGraph(final String input) {
        final Network graph = Network.graph().input(input, 4).layer("1", 3).from(input).output("2", 2).from("1").build();
        assertFalse(graph.isChain() || graph.withFeedback(Feedback.RANDOM).isChain());
        assertTrue(Network.chain(4, 3, 2).build().withFeedback(Feedback.RANDOM).isChain());
        assertEquals("{1/from/" + input + "=[3, 4], 2/from/1=[2, 3], 1/bias=[3], 2/bias=[2]}", NetworkTensors.of(graph).toString());
    }

    /** Equal objects have the same tensor at each number. */
    @Test
    void anotherOrderIsNotEqual() {
        final Network one = Network.graph().input("a", 3).layer("h1", 4).from("a").layer("h2", 4).from("a").output("o", 2).from("h1", "h2").build();
        final Network other = Network.graph().input("a", 3).layer("h2", 4).from("a").layer("h1", 4).from("a").output("o", 2).from("h1", "h2").build();
        assertEquals(NetworkTensors.of(one).shapes(), NetworkTensors.of(other).shapes());
        assertNotEquals(NetworkTensors.of(one), NetworkTensors.of(other));
    }

    @Test
    void otherFeedbackIsTheSameFile() {
        final Network chain = Network.chain(4, 3, 2).build();
        assertEquals(NetworkTensors.of(chain), NetworkTensors.of(chain.withFeedback(Feedback.RANDOM)));
    }
}
