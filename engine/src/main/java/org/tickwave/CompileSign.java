package org.tickwave;

import com.sun.management.ThreadMXBean;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;

/**
 * Tells whether the calling thread runs compiled kernels. Uncompiled kernels box their vectors, so calls that allocate nothing
 * are the best sign. Where allocated bytes are not counted, as on a virtual thread, in some JVMs or in a runtime image without
 * {@code jdk.management}, the sign is that the time which the JVM has spent compiling no longer grows.
 */
abstract sealed class CompileSign {
    /** The compiler has to stand still for a part of the time that the warm-up took before, within these bounds. */
    private static final int STILL_PART = 6;
    private static final long LEAST_STILL_NS = 250_000_000L;
    private static final long MOST_STILL_NS = 2_000_000_000L;
    /** A kernel takes longer to compile. What waiting itself calls takes less, and now and then some of that is compiled. */
    private static final long TRIFLE_MS = 10;
    /** Longer than the compilation of a kernel takes on a busy machine. */
    private static final long STALLED_NS = 3_000_000_000L;
    /** Without any sign: how long to run. */
    private static final long BLIND_NS = 2_000_000_000L;

    /** The best sign that this JVM has for the calling thread. */
    static CompileSign best() {
        try {
            final Bytes bytes = new Bytes();
            return bytes.now() >= 0 ? bytes : new Time();
        } catch (final LinkageError | ClassCastException | UnsupportedOperationException e) {
            return withoutBytes();
        }
    }

    /** The best sign where bytes are not counted. */
    static CompileSign withoutBytes() {
        try {
            return new Time();
        } catch (final LinkageError | UnsupportedOperationException e) {
            return new Blind();
        }
    }

    /** Whether this JVM compiles; true if that is not known. */
    static boolean compiles() {
        try {
            return ManagementFactory.getCompilationMXBean() != null;
        } catch (final LinkageError e) {
            return true;
        }
    }

    /** Before calls that may be compiled. */
    abstract void before();

    /** After them: whether they were, as far as this sign tells. */
    abstract boolean quiet();

    /**
     * Whether the compiler has stood still for a while. The JVM counts a compilation when that ends, and on a busy machine a
     * compilation takes long: so the while is long where the warm-up was.
     */
    abstract boolean still();

    /** Whether the compiler has stood still for so long that it will not compile more. */
    boolean stalled() {
        return false;
    }

    /** Whether calls that were quiet were compiled for certain. */
    boolean exact() {
        return false;
    }

    /** Bytes that the thread allocates. */
    private static final class Bytes extends CompileSign {
        private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        private final CompileSign compiler = withoutBytes();
        private long before;

        private long now() {
            return threads.getCurrentThreadAllocatedBytes();
        }

        @Override
        void before() {
            before = now();
        }

        @Override
        boolean quiet() {
            return now() == before;
        }

        @Override
        boolean still() {
            return compiler.still();
        }

        @Override
        boolean stalled() {
            return compiler.stalled();
        }

        @Override
        boolean exact() {
            return true;
        }
    }

    /** Milliseconds that the JVM has spent compiling. */
    private static final class Time extends CompileSign {
        private final CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
        private final long fromNs = System.nanoTime();
        private long changedNs = fromNs;
        private long last = compiler.getTotalCompilationTime();

        @Override
        void before() {
            still();
        }

        @Override
        boolean quiet() {
            return still();
        }

        @Override
        boolean still() {
            return stillNs() > Math.clamp((changedNs - fromNs) / STILL_PART, LEAST_STILL_NS, MOST_STILL_NS);
        }

        @Override
        boolean stalled() {
            return stillNs() > STALLED_NS;
        }

        private long stillNs() {
            final long now = compiler.getTotalCompilationTime();
            final long nowNs = System.nanoTime();
            if (now - last > TRIFLE_MS) {
                last = now;
                changedNs = nowNs;
            }
            return nowNs - changedNs;
        }
    }

    /** A runtime image without {@code java.management} tells nothing. */
    private static final class Blind extends CompileSign {
        private final long fromNs = System.nanoTime();

        @Override
        void before() {
            // There is nothing to look at.
        }

        @Override
        boolean quiet() {
            return still();
        }

        @Override
        boolean still() {
            return System.nanoTime() - fromNs > BLIND_NS;
        }
    }
}
