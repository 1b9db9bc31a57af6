package org.tickwave.bench.pytorch;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * Has the C library keep memory that PyTorch frees. A step of PyTorch allocates a matrix for the change of each layer. With the launcher's
 * settings for huge pages, glibc would give the memory back to the system and get empty pages for it, in every step.
 */
final class Malloc {
    private static final int TRIM_THRESHOLD = -1;
    private static final int MMAP_THRESHOLD = -3;
    private static final int TRIM_BYTES = 1 << 30;
    /** The largest that glibc takes. */
    private static final int MMAP_BYTES = 1 << 25;

    private Malloc() {
    }

    /** Does nothing where the C library has no {@code mallopt}. */
    @SuppressWarnings("restricted")
    static void keepFreedMemory() {
        final Linker linker = Linker.nativeLinker();
        linker.defaultLookup().find("mallopt").ifPresent(symbol -> {
            final MethodHandle mallopt = linker.downcallHandle(
                symbol, FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
            set(mallopt, TRIM_THRESHOLD, TRIM_BYTES);
            set(mallopt, MMAP_THRESHOLD, MMAP_BYTES);
        });
    }

    private static void set(final MethodHandle mallopt, final int option, final int bytes) {
        try {
            final int taken = (int) mallopt.invokeExact(option, bytes);
            if (taken == 0) {
                throw new IllegalStateException("mallopt " + option + " " + bytes);
            }
        } catch (final RuntimeException e) {
            throw e;
        } catch (final Throwable e) {
            throw new IllegalStateException("mallopt " + option, e);
        }
    }
}
