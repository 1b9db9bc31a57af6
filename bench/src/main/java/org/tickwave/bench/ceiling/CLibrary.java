package org.tickwave.bench.ceiling;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandleProxies;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** {@code tick.c} and {@code ceiling.c}, which it includes, compiled for this machine and called through the Foreign Function API without a change of the thread's state. */
final class CLibrary {
    private static final String SOURCE = "tick.c";
    private static final List<String> SOURCES = List.of("ceiling.c", SOURCE);
    private static final ValueLayout INT = ValueLayout.JAVA_INT;
    private static final ValueLayout LONG = ValueLayout.JAVA_LONG;
    private static final ValueLayout FLOAT = ValueLayout.JAVA_FLOAT;
    private static final ValueLayout POINTER = ValueLayout.ADDRESS;
    private static CLibrary present;

    /** {@code read_memory}. These interfaces are public, since the JVM implements them. */
    @FunctionalInterface
    public interface Read {
        float call(MemorySegment memory, long bytes);
    }

    /** {@code read_and_write}. */
    @FunctionalInterface
    public interface ReadWrite {
        void call(MemorySegment memory, long bytes, float factor);
    }

    /** {@code multiply_and_add}. */
    @FunctionalInterface
    public interface MultiplyAdd {
        float call(int rounds, float factor, float addend);
    }

    /** {@code multiply_adds_of_a_round} and {@code shapes}. */
    @FunctionalInterface
    public interface Number {
        int call();
    }

    /** {@code weight_index}. */
    @FunctionalInterface
    public interface WeightIndex {
        long call(int shape, int rows, int columns, int row, int column);
    }

    /** {@code fused_pass}. */
    @FunctionalInterface
    public interface Pass {
        void call(
            int shape, MemorySegment weights, MemorySegment below, MemorySegment taught, MemorySegment delta, MemorySegment partials,
            MemorySegment sums, MemorySegment echo, float minusRate, int rows, int columns);
    }

    /** {@code chain_bytes}. */
    @FunctionalInterface
    public interface ChainBytes {
        long call(int depth, int width, int threads);
    }

    /** {@code chain_open}. */
    @FunctionalInterface
    public interface ChainOpen {
        MemorySegment call(MemorySegment memory, int depth, int width, int threads, int shape);
    }

    /** {@code chain_close}. */
    @FunctionalInterface
    public interface ChainClose {
        void call(MemorySegment chain);
    }

    /** {@code chain_rate}. */
    @FunctionalInterface
    public interface ChainRate {
        void call(MemorySegment chain, float rate);
    }

    /** {@code chain_weights} and {@code chain_biases}. */
    @FunctionalInterface
    public interface ChainIndex {
        long call(MemorySegment chain, int layer);
    }

    /** {@code chain_tick}. */
    @FunctionalInterface
    public interface ChainTick {
        void call(MemorySegment chain, MemorySegment frame, MemorySegment target);
    }

    final Read read;
    final ReadWrite readWrite;
    final MultiplyAdd multiplyAdd;
    final Number roundSize;
    final Number shapes;
    final WeightIndex weightIndex;
    final Pass pass;
    final ChainBytes chainBytes;
    final ChainOpen chainOpen;
    final ChainClose chainClose;
    final ChainRate chainRate;
    final ChainIndex chainWeights;
    final ChainIndex chainBiases;
    final ChainTick chainTick;

    private final SymbolLookup lookup;

    private CLibrary(final SymbolLookup lookup) {
        this.lookup = lookup;
        read = bind(Read.class, "read_memory", FunctionDescriptor.of(FLOAT, POINTER, LONG));
        readWrite = bind(ReadWrite.class, "read_and_write", FunctionDescriptor.ofVoid(POINTER, LONG, FLOAT));
        multiplyAdd = bind(MultiplyAdd.class, "multiply_and_add", FunctionDescriptor.of(FLOAT, INT, FLOAT, FLOAT));
        roundSize = bind(Number.class, "multiply_adds_of_a_round", FunctionDescriptor.of(INT));
        shapes = bind(Number.class, "shapes", FunctionDescriptor.of(INT));
        weightIndex = bind(WeightIndex.class, "weight_index", FunctionDescriptor.of(LONG, INT, INT, INT, INT, INT));
        pass = bind(Pass.class, "fused_pass", FunctionDescriptor.ofVoid(
            INT, POINTER, POINTER, POINTER, POINTER, POINTER, POINTER, POINTER, FLOAT, INT, INT));
        chainBytes = bind(ChainBytes.class, "chain_bytes", FunctionDescriptor.of(LONG, INT, INT, INT));
        chainOpen = bind(ChainOpen.class, "chain_open", FunctionDescriptor.of(POINTER, POINTER, INT, INT, INT, INT));
        chainClose = bind(ChainClose.class, "chain_close", FunctionDescriptor.ofVoid(POINTER));
        chainRate = bind(ChainRate.class, "chain_rate", FunctionDescriptor.ofVoid(POINTER, FLOAT));
        chainWeights = bind(ChainIndex.class, "chain_weights", FunctionDescriptor.of(LONG, POINTER, INT));
        chainBiases = bind(ChainIndex.class, "chain_biases", FunctionDescriptor.of(LONG, POINTER, INT));
        chainTick = bind(ChainTick.class, "chain_tick", FunctionDescriptor.ofVoid(POINTER, POINTER, POINTER));
    }

    /** A proxy is a class that has the handle as a constant. A call by a handle in a field is not inlined. */
    @SuppressWarnings("restricted")
    private <T> T bind(final Class<T> type, final String name, final FunctionDescriptor descriptor) {
        return MethodHandleProxies.asInterfaceInstance(
            type, Linker.nativeLinker().downcallHandle(lookup.findOrThrow(name), descriptor, Linker.Option.critical(false)));
    }

    /**
     * Compiles the source when it is first called. The library stays loaded until the JVM ends.
     *
     * @throws org.tickwave.bench.peer.Skipped if this machine has no C compiler
     * @throws IllegalStateException           if the C compiler fails
     */
    static synchronized CLibrary get() {
        if (present == null) {
            present = new CLibrary(load());
        }
        return present;
    }

    @SuppressWarnings("restricted")
    private static SymbolLookup load() {
        try {
            final Path directory = Files.createTempDirectory("tickwave-c");
            try {
                for (final String name : SOURCES) {
                    try (InputStream in = CLibrary.class.getResourceAsStream(name)) {
                        Files.copy(in, directory.resolve(name));
                    }
                }
                final Path library = CCompiler.ofEnvironment(System.getenv()).compile(directory.resolve(SOURCE));
                return SymbolLookup.libraryLookup(library, Arena.global());
            } finally {
                // A library that is loaded needs its file no longer.
                Files.deleteIfExists(directory.resolve(SOURCE + ".so"));
                for (final String name : SOURCES) {
                    Files.deleteIfExists(directory.resolve(name));
                }
                Files.delete(directory);
            }
        } catch (final IOException e) {
            throw new UncheckedIOException("the C source cannot be compiled: " + e.getMessage(), e);
        }
    }
}
