package org.tickwave.bench.peer;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A native BLAS, called through the Foreign Function API without a change of the thread's state. Matrices are stored by rows. */
final class NativeBlas {
    private static final ValueLayout INT = ValueLayout.JAVA_INT;
    private static final ValueLayout FLOAT = ValueLayout.JAVA_FLOAT;
    private static final MemoryLayout POINTER = ValueLayout.ADDRESS;
    private static final int ROW_MAJOR = 101;
    private static final int AS_IT_IS = 111;
    private static final int TRANSPOSED = 112;

    /** A library as Debian has it. */
    enum Library {
        OPENBLAS("libopenblas.so.0", "libopenblas0-pthread", "openblas_set_num_threads", ValueLayout.JAVA_INT),
        BLIS("libblis.so.4", "libblis4-pthread", "bli_thread_set_num_threads", ValueLayout.JAVA_LONG);

        final String file;
        final String debianPackage;
        private final String setThreads;
        private final ValueLayout threads;

        Library(final String file, final String debianPackage, final String setThreads, final ValueLayout threads) {
            this.file = file;
            this.debianPackage = debianPackage;
            this.setThreads = setThreads;
            this.threads = threads;
        }

        /** Why this library cannot be called here, or null. */
        String missing() {
            try {
                lookup();
                return null;
            } catch (final IllegalArgumentException e) {
                return file + " is missing: expected the library of Debian's package " + debianPackage;
            }
        }

        /** The library stays loaded until the JVM ends. */
        @SuppressWarnings("restricted")
        private SymbolLookup lookup() {
            if (this == OPENBLAS) {
                CoreType.choose();
            }
            return SymbolLookup.libraryLookup(file, Arena.global());
        }
    }

    /** {@code cblas_sgemv}. Public, since the JVM implements it. */
    @FunctionalInterface
    public interface Sgemv {
        void call(
            int order, int transposed, int rows, int columns, float alpha, MemorySegment w, int stride, MemorySegment x, int stepX,
            float beta, MemorySegment y, int stepY);
    }

    /** {@code cblas_sger}. Public, since the JVM implements it. */
    @FunctionalInterface
    public interface Sger {
        void call(
            int order, int rows, int columns, float alpha, MemorySegment x, int stepX, MemorySegment y, int stepY, MemorySegment w, int stride);
    }

    private final Sgemv sgemv;
    private final Sger sger;

    /**
     * Loads the library.
     *
     * @param threads that one call may use
     * @throws IllegalStateException if the library is missing
     */
    NativeBlas(final Library library, final int threads) {
        final String missing = library.missing();
        if (missing != null) {
            throw new IllegalStateException(missing);
        }
        final SymbolLookup lookup = library.lookup();
        // A proxy is a class that has the handle as a constant. A call by a handle in a field is not inlined.
        sgemv = MethodHandleProxies.asInterfaceInstance(Sgemv.class, handle(lookup, "cblas_sgemv", FunctionDescriptor.ofVoid(
            INT, INT, INT, INT, FLOAT, POINTER, INT, POINTER, INT, FLOAT, POINTER, INT)));
        sger = MethodHandleProxies.asInterfaceInstance(Sger.class, handle(lookup, "cblas_sger", FunctionDescriptor.ofVoid(
            INT, INT, INT, FLOAT, POINTER, INT, POINTER, INT, POINTER, INT)));
        setThreads(library, lookup, threads);
    }

    @SuppressWarnings("restricted")
    private static MethodHandle handle(final SymbolLookup lookup, final String name, final FunctionDescriptor type) {
        return Linker.nativeLinker().downcallHandle(lookup.findOrThrow(name), type, Linker.Option.critical(true));
    }

    private static void setThreads(final Library library, final SymbolLookup lookup, final int threads) {
        final MethodHandle set = handle(lookup, library.setThreads, FunctionDescriptor.ofVoid(library.threads));
        try {
            set.invoke(threads);
        } catch (final Throwable e) {
            throw new IllegalStateException(library.setThreads, e);
        }
    }

    /** y = W x. */
    void multiply(final MemorySegment w, final int rows, final int columns, final MemorySegment x, final MemorySegment y) {
        sgemv.call(ROW_MAJOR, AS_IT_IS, rows, columns, 1, w, columns, x, 1, 0, y, 1);
    }

    /** y = W' x. */
    void multiplyTransposed(final MemorySegment w, final int rows, final int columns, final MemorySegment x, final MemorySegment y) {
        sgemv.call(ROW_MAJOR, TRANSPOSED, rows, columns, 1, w, columns, x, 1, 0, y, 1);
    }

    /** W += factor a b'. */
    void addOuter(
        final MemorySegment w, final int rows, final int columns, final float factor, final MemorySegment a, final MemorySegment b) {
        sger.call(ROW_MAJOR, rows, columns, factor, a, 1, b, 1, w, columns);
    }

    /**
     * OpenBLAS 0.3.21 takes newer cores with AVX-512 for older ones without. It reads the type of the core from its environment while
     * it is loaded. A type that the user has set stays.
     */
    private static final class CoreType {
        private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

        private CoreType() {
        }

        static void choose() {
            try {
                if (Files.isReadable(PROCESSORS) && Files.readString(PROCESSORS, StandardCharsets.ISO_8859_1).contains(" avx512f")) {
                    setEnvironment("OPENBLAS_CORETYPE", "SkylakeX");
                }
            } catch (final IOException e) {
                throw new IllegalStateException(PROCESSORS + ": " + e.getMessage(), e);
            }
        }

        @SuppressWarnings("restricted")
        private static void setEnvironment(final String name, final String value) {
            final Linker linker = Linker.nativeLinker();
            final MethodHandle set = linker.downcallHandle(
                linker.defaultLookup().findOrThrow("setenv"), FunctionDescriptor.of(INT, POINTER, POINTER, INT));
            final int keep = 0;
            try (Arena arena = Arena.ofConfined()) {
                final int failed = (int) set.invokeExact(arena.allocateFrom(name), arena.allocateFrom(value), keep);
                if (failed != 0) {
                    throw new IllegalStateException("setenv " + name);
                }
            } catch (final RuntimeException e) {
                throw e;
            } catch (final Throwable e) {
                throw new IllegalStateException("setenv " + name, e);
            }
        }
    }
}
