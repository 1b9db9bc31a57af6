package org.tickwave.example;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.concurrent.ThreadFactory;

/** Makes threads, and pins each to a core of its own. For Linux, with {@code --enable-native-access=ALL-UNNAMED}. */
final class PinnedThreads implements ThreadFactory {
    /** The size of the kernel's own CPU set. */
    private static final int CPUS = 1024;
    private static final MethodHandle SCHED_SETAFFINITY = setAffinity();

    private final int[] cpus;
    private int next;

    /** @param cpus the CPU of the first thread, of the second, and so on */
    PinnedThreads(final int... cpus) {
        this.cpus = cpus.clone();
    }

    @Override
    public Thread newThread(final Runnable work) {
        final int cpu = cpus[next++];
        return Thread.ofPlatform().daemon().name("cpu-" + cpu).unstarted(() -> {
            pin(cpu);
            work.run();
        });
    }

    /** Pins the calling thread to one CPU. */
    static void pin(final int cpu) {
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment set = arena.allocate(CPUS / Byte.SIZE);
            set.set(ValueLayout.JAVA_BYTE, cpu / Byte.SIZE, (byte) (1 << cpu % Byte.SIZE));
            final int refused = (int) SCHED_SETAFFINITY.invokeExact(0, set.byteSize(), set);
            if (refused != 0) {
                throw new IllegalStateException("CPU " + cpu + ": this process may not run there");
            }
        } catch (final RuntimeException | Error e) {
            throw e;
        } catch (final Throwable e) {
            throw new AssertionError(e);
        }
    }

    @SuppressWarnings("restricted")
    private static MethodHandle setAffinity() {
        final Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().findOrThrow("sched_setaffinity"),
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.ADDRESS));
    }
}
