package org.tickwave.safetensors;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tickwave.Context;
import org.tickwave.Engine;
import org.tickwave.GuardTripException;
import org.tickwave.Network;

class NetworkWeightsTest {
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final Network CHAIN = Network.chain(5, 7, 3, 2).build();

    @TempDir
    private Path directory;

    private static Network graph() {
        return Network.graph().input("a", 3).input("b", 4).layer("low", 19).from("a", "b").output("first", 1).from("low")
            .output("second", 2).from("low", "b").build();
    }

    private static Context seed(final long seed) {
        return new Context().seed(seed).rate(1e-2f);
    }

    private static Engine learnt(final Network network, final long seed) {
        final Engine engine = Engine.open(network, seed(seed));
        learn(engine, new Random(seed), 30);
        return engine;
    }

    private static void learn(final Engine engine, final Random random, final int frames) {
        final Network network = engine.network();
        for (int i = 0; i < frames; i++) {
            engine.input(numbers(random, network.frameWidth())).target(numbers(random, network.targetWidth())).tick();
        }
    }

    private static float[] numbers(final Random random, final int n) {
        final float[] numbers = new float[n];
        for (int i = 0; i < n; i++) {
            numbers[i] = (float) random.nextGaussian();
        }
        return numbers;
    }

    /** All weights and biases, by the arrays of the engine. */
    private static List<float[]> all(final Engine engine) {
        final Network network = engine.network();
        final List<float[]> all = new ArrayList<>();
        for (int k = 1; k <= network.projections(); k++) {
            final float[] weights = new float[network.width(network.to(k)) * network.width(network.from(k))];
            engine.weights(k, weights);
            all.add(weights);
        }
        for (int l = network.inputs(); l <= network.last(); l++) {
            final float[] biases = new float[network.width(l)];
            engine.biases(l, biases);
            all.add(biases);
        }
        return all;
    }

    private static void assertSame(final List<float[]> expected, final List<float[]> found) {
        assertEquals(expected.size(), found.size());
        for (int i = 0; i < expected.size(); i++) {
            assertArrayEquals(expected.get(i), found.get(i));
        }
    }

    private Path saved(final Engine engine) throws IOException {
        final Path file = directory.resolve("m.safetensors");
        try (NetworkWeights weights = new NetworkWeights(engine.network())) {
            weights.copyFrom(engine).write(file, Map.of());
        }
        return file;
    }

    private String refused(final Path file, final Network network) {
        return assertThrows(IOException.class, () -> NetworkWeights.read(file, network).close()).getMessage();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anEngineGetsWhatAnotherHasLearnt(final boolean chain) throws IOException {
        final Network network = chain ? CHAIN : graph();
        try (Engine one = learnt(network, 1); Engine other = learnt(network, 2)) {
            final Path file = saved(one);
            try (NetworkWeights weights = NetworkWeights.read(file, network)) {
                Files.delete(file);
                weights.setIn(other);
            }
            assertSame(all(one), all(other));
            learn(one, new Random(3), 5);
            assertFalse(all(one).getFirst()[0] == all(other).getFirst()[0], "one has learnt more");
        }
    }

    /** The order of the file is that of PyTorch, and no order is expected. */
    @Test
    void theOrderOfTheTensorsDoesNotMatter() throws IOException {
        try (Engine one = learnt(CHAIN, 1); Engine other = learnt(CHAIN, 2)) {
            final Path file = saved(one);
            final List<SafetensorsWriter.Tensor> tensors = new ArrayList<>();
            try (Safetensors in = Safetensors.open(file)) {
                for (final Safetensors.Tensor tensor : in.tensors()) {
                    final float[] data = new float[tensor.count()];
                    in.read(tensor, 0, data);
                    tensors.add(new SafetensorsWriter.Tensor(tensor.name(), tensor.shape(), (row, to) -> {
                        final int n = (int) (to.byteSize() / Float.BYTES);
                        MemorySegment.copy(data, row * n, to, FLOAT, 0, n);
                    }));
                }
            }
            assertEquals(List.of("0.weight", "0.bias", "2.weight", "2.bias", "4.weight", "4.bias"),
                tensors.stream().map(SafetensorsWriter.Tensor::name).toList());
            Collections.shuffle(tensors, new Random(1));
            new SafetensorsWriter(Map.of(), tensors).write(file);
            try (NetworkWeights weights = NetworkWeights.read(file, CHAIN)) {
                weights.setIn(other);
            }
            assertSame(all(one), all(other));
        }
    }

    @Test
    void theRowsAreSegmentsThatNobodyChanges() throws IOException {
        final Network network = graph();
        try (Engine engine = learnt(network, 1); NetworkWeights weights = new NetworkWeights(network)) {
            assertEquals(0, weights.weights(3, 0).get(FLOAT, 0));
            weights.copyFrom(engine);
            for (int k = 1; k <= network.projections(); k++) {
                final float[] row = new float[network.width(network.from(k))];
                for (int r = 0; r < network.width(network.to(k)); r++) {
                    engine.weights(k, r, row);
                    assertArrayEquals(row, weights.weights(k, r).toArray(FLOAT));
                }
            }
            for (int l = network.inputs(); l <= network.last(); l++) {
                final float[] biases = new float[network.width(l)];
                engine.biases(l, biases);
                assertArrayEquals(biases, weights.biases(l).toArray(FLOAT));
            }
            assertTrue(weights.weights(1, 0).isReadOnly() && weights.biases(2).isReadOnly());
            assertThrows(IllegalArgumentException.class, () -> weights.weights(0, 0));
            assertThrows(IllegalArgumentException.class, () -> weights.weights(6, 0));
            assertThrows(IllegalArgumentException.class, () -> weights.biases(1));
            assertThrows(IndexOutOfBoundsException.class, () -> weights.weights(1, 19));
            assertThrows(IndexOutOfBoundsException.class, () -> weights.weights(1, -1));
        }
    }

    @Test
    void theMetadataAreThoseOfTheFile() throws IOException {
        final Path file = directory.resolve("m");
        final Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("z", "1");
        metadata.put("a", "two\nlines");
        try (Engine engine = learnt(CHAIN, 1); NetworkWeights weights = new NetworkWeights(CHAIN)) {
            assertEquals(Map.of(), weights.metadata());
            weights.copyFrom(engine).write(file, metadata);
        }
        try (NetworkWeights weights = NetworkWeights.read(file, CHAIN)) {
            assertEquals("{z=1, a=two\nlines}", weights.metadata().toString());
            assertThrows(UnsupportedOperationException.class, () -> weights.metadata().put("b", "c"));
            assertEquals(CHAIN, weights.network());
        }
    }

    @Test
    void aFileOfAnotherNetworkIsRefused() throws IOException {
        try (Engine engine = learnt(CHAIN, 1)) {
            final Path file = saved(engine);
            assertEquals(file + ": no tensor 6.weight: expected a tensor of shape [2, 2] with network 5-7-3-2-2",
                refused(file, Network.chain(5, 7, 3, 2, 2).build()));
            assertEquals(file + ": tensor 2.weight: shape [3, 7]: expected [4, 7] with network 5-7-4-2",
                refused(file, Network.chain(5, 7, 4, 2).build()));
            assertEquals(file + ": unknown tensor 4.weight: expected only 0.weight to 2.bias with network 5-7-3",
                refused(file, Network.chain(5, 7, 3).build()));
            assertTrue(refused(file, graph()).startsWith(file + ": no tensor low/from/a: expected a tensor of shape [19, 3] with network "));
        }
    }

    @Test
    void anEngineOfAnotherNetworkIsRefused() {
        try (Engine engine = learnt(Network.chain(5, 7, 2, 2).build(), 1); NetworkWeights weights = new NetworkWeights(CHAIN)) {
            final List<float[]> before = all(engine);
            final String message = "an engine of network 5-7-2-2: expected the network 5-7-3-2";
            assertEquals(message, assertThrows(IllegalArgumentException.class, () -> weights.setIn(engine)).getMessage());
            assertEquals(message, assertThrows(IllegalArgumentException.class, () -> weights.copyFrom(engine)).getMessage());
            assertSame(before, all(engine));
        }
        try (Engine again = learnt(Network.chain(5, 7, 3, 2).build(), 1); NetworkWeights weights = new NetworkWeights(CHAIN)) {
            weights.copyFrom(again).setIn(again);
        }
    }

    /** Two layers, in one order and in the other. */
    private static Network exchanged(final boolean first, final int width) {
        return first
            ? Network.graph().input("a", 3).layer("h1", 4).from("a").layer("h2", width).from("a").output("o", 2).from("h1", "h2").build()
            : Network.graph().input("a", 3).layer("h2", width).from("a").layer("h1", 4).from("a").output("o", 2).from("h2", "h1").build();
    }

    private static void assertSameByName(final Engine expected, final Engine found) {
        final Network network = expected.network();
        for (int k = 1; k <= network.projections(); k++) {
            final float[] one = new float[network.width(network.to(k)) * network.width(network.from(k))];
            final float[] other = one.clone();
            expected.weights(k, one);
            found.weights(found.network().projection(network.name(network.from(k)), network.name(network.to(k))), other);
            assertArrayEquals(one, other, "projection " + k);
        }
        for (int l = network.inputs(); l <= network.last(); l++) {
            final float[] one = new float[network.width(l)];
            final float[] other = one.clone();
            expected.biases(l, one);
            found.biases(found.network().layer(network.name(l)), other);
            assertArrayEquals(one, other, network.name(l));
        }
    }

    /** With equal widths, numbers in place of names would exchange the weights; with others, half of them would be set. */
    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    void layersThatWereDeclaredInAnotherOrderAreFoundByTheirNames(final int width) throws IOException {
        try (Engine one = learnt(exchanged(true, width), 1); Engine other = learnt(exchanged(false, width), 2);
             Engine third = learnt(exchanged(true, width), 3)) {
            try (NetworkWeights weights = NetworkWeights.read(saved(one), one.network())) {
                weights.setIn(other);
            }
            assertSameByName(one, other);
            try (NetworkWeights weights = new NetworkWeights(third.network())) {
                weights.copyFrom(other).setIn(third);
            }
            assertSame(all(one), all(third));
        }
    }

    /** The layers of a chain are called by their numbers. A graph with these names has the same layers, and another file. */
    @Test
    void aGraphWithTheNamesOfAChainHasItsWeights() throws IOException {
        final Network graph = Network.graph().input("0", 5).layer("1", 7).from("0").layer("2", 3).from("1").output("3", 2).from("2").build();
        try (Engine engine = learnt(CHAIN, 1); Engine other = learnt(graph, 2); NetworkWeights weights = new NetworkWeights(CHAIN)) {
            weights.copyFrom(engine).setIn(other);
            assertSame(all(engine), all(other));
            final Path file = saved(other);
            assertEquals(file + ": no tensor 0.weight: expected a tensor of shape [7, 5] with network 5-7-3-2", refused(file, CHAIN));
            NetworkWeights.read(file, graph).close();
        }
    }

    /** Only the calls that tick, and await(), throw that the guard tripped. */
    @Test
    void aGuardTripThatWaitsIsNotThrownByASwap() {
        final Network small = Network.chain(2, 1).build();
        try (Engine engine = Engine.open(small, new Context().rate(1)); NetworkWeights copy = new NetworkWeights(small);
             NetworkWeights zeros = new NetworkWeights(small)) {
            for (int i = 0; i < 3; i++) {
                engine.input(new float[] {0x1p20f, 0x1p20f}).target(new float[] {-0x1p25f}).commit();
                copy.copyFrom(engine);
            }
            assertTrue(engine.guardTrips() > 0);
            zeros.setIn(engine);
            engine.reset();
            assertThrows(GuardTripException.class, engine::await);
        }
    }

    /** 2^30 is the engine's limit. What the engine refuses, the reader refuses, and nothing else. */
    @Test
    void theLargestNumberIsThatOfTheEngine() throws IOException {
        final Network small = Network.chain(2, 1).build();
        final float beyond = Math.nextUp(0x1p30f);
        try (Engine engine = Engine.open(small, seed(1)); NetworkWeights weights = new NetworkWeights(small)) {
            for (final float number : new float[] {0x1p30f, -0x1p30f, -0f, Float.MIN_VALUE}) {
                engine.setWeights(1, new float[] {0, number}, new float[1]);
                final Path file = saved(engine);
                weights.setIn(engine);
                try (NetworkWeights read = NetworkWeights.read(file, small)) {
                    read.setIn(engine);
                }
                assertEquals(Float.floatToRawIntBits(number), Float.floatToRawIntBits(all(engine).getFirst()[1]));
            }
            for (final float number : new float[] {beyond, -beyond, Float.NaN, Float.NEGATIVE_INFINITY}) {
                assertThrows(IllegalArgumentException.class, () -> engine.setBiases(1, new float[] {number}));
                final Path file = directory.resolve("bad");
                new SafetensorsWriter(Map.of(), List.of(
                    new SafetensorsWriter.Tensor("0.weight", List.of(1, 2), (row, to) -> to.fill((byte) 0)),
                    new SafetensorsWriter.Tensor("0.bias", List.of(1), (row, to) -> to.set(FLOAT, 0, number)))).write(file);
                assertEquals(file + ": tensor 0.bias: " + number + " at [0]: expected at most 2^30 in magnitude", refused(file, small));
            }
        }
    }

    /** A network that has learnt too fast. The weights of an engine may grow beyond what the engine takes. */
    private static Engine diverged(final Network small) {
        final Engine engine = Engine.open(small, new Context().rate(1).guard(Engine.Guard.COUNT));
        for (int i = 0; i < 3; i++) {
            engine.input(new float[] {0x1p20f, 0x1p20f}).target(new float[] {-0x1p25f}).tick();
        }
        return engine;
    }

    @Test
    void numbersThatCouldNotBeReadAreNeitherWrittenNorSet() throws IOException {
        final Network small = Network.chain(2, 1).build();
        final Path file = Files.writeString(directory.resolve("m"), "old");
        try (Engine engine = diverged(small); Engine other = Engine.open(small, seed(1)); NetworkWeights weights = new NetworkWeights(small)) {
            final List<float[]> before = all(other);
            weights.copyFrom(engine);
            final float bad = weights.weights(1, 0).get(FLOAT, 4);
            assertFalse(Math.abs(bad) <= 0x1p30f, () -> "not diverged: " + bad);
            final String where = "tensor 0.weight: " + weights.weights(1, 0).get(FLOAT, 0) + " at [0, 0]: expected at most 2^30 in magnitude";
            assertEquals(file + ": not written: " + where, assertThrows(IOException.class, () -> weights.write(file, Map.of())).getMessage());
            assertEquals(where, assertThrows(IllegalArgumentException.class, () -> weights.setIn(other)).getMessage());
            assertEquals("old", Files.readString(file));
            assertSame(before, all(other));
            weights.copyFrom(other).write(file, Map.of());
            weights.setIn(engine);
            assertSame(before, all(engine));
        }
    }

    /** The source copies; another thread writes and reads, while the source ticks. The swap comes between two ticks. */
    @Test
    void anotherThreadReadsAndWritesWhileTheSourceTicks() throws Exception {
        final Path file = directory.resolve("m");
        try (ExecutorService disk = Executors.newSingleThreadExecutor(); Engine engine = learnt(CHAIN, 1);
             NetworkWeights copy = new NetworkWeights(CHAIN)) {
            copy.copyFrom(engine);
            final List<float[]> copied = all(engine);
            final var done = disk.submit(() -> {
                copy.write(file, Map.of());
                return NetworkWeights.read(file, CHAIN);
            });
            learn(engine, new Random(2), 200);
            try (NetworkWeights read = done.get()) {
                read.setIn(engine);
            }
            assertSame(copied, all(engine));
        }
    }

    /** The engine's memory may belong to one thread. */
    @Test
    void anEngineInAConfinedArenaIsSavedByItsThread() throws IOException {
        try (Arena arena = Arena.ofConfined(); Engine engine = Engine.open(CHAIN, seed(1).arena(arena))) {
            final Path file = saved(engine);
            try (NetworkWeights read = NetworkWeights.read(file, CHAIN)) {
                read.setIn(engine);
            }
            assertTrue(Files.exists(file));
        }
    }

    @Test
    void whatIsClosedRefuses() throws IOException {
        final NetworkWeights weights = new NetworkWeights(CHAIN);
        try (Engine engine = learnt(CHAIN, 1)) {
            weights.copyFrom(engine);
            final MemorySegment row = weights.weights(1, 0);
            weights.close();
            weights.close();
            assertThrows(IllegalStateException.class, () -> row.get(FLOAT, 0));
            assertThrows(IllegalStateException.class, () -> weights.copyFrom(engine));
            assertThrows(IllegalStateException.class, () -> weights.setIn(engine));
            assertThrows(IllegalStateException.class, () -> weights.write(directory.resolve("m"), Map.of()));
        }
        assertFalse(Files.exists(directory.resolve("m")));
    }
}
