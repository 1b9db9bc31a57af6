package org.tickwave.bench.rows;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.LongSupplier;

/**
 * How long learners warm up.
 *
 * @param turnNs  how long the turn of a learner takes at least
 * @param quietMs the warm-up ends when the JVM compiled for less than this while each learner had a turn
 * @param limitNs no turns begin after this time
 * @param clock   milliseconds for which the JVM has compiled so far
 */
record WarmUp(long turnNs, long quietMs, long limitNs, LongSupplier clock) {
    private static final long TURN_NS = 300_000_000L;
    private static final long QUIET_MS = 20;
    private static final long LIMIT_NS = 60_000_000_000L;

    static WarmUp ofThisJvm() {
        final CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
        return new WarmUp(TURN_NS, QUIET_MS, LIMIT_NS,
            compiler != null && compiler.isCompilationTimeMonitoringSupported() ? compiler::getTotalCompilationTime : () -> 0);
    }

    long compiledMs() {
        return clock.getAsLong();
    }
}
