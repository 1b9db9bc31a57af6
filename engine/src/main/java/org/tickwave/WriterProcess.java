package org.tickwave;

import java.time.Instant;

/**
 * The process that writes a file.
 *
 * @param startMs when the process began, in milliseconds since 1970; 0 if that is unknown
 */
record WriterProcess(long id, long startMs) {
    /** The start of a process is known to a hundredth of a second, but moves when the clock of the machine is set. */
    private static final long TOLERANCE_MS = 2_000;

    static WriterProcess own() {
        return new WriterProcess(ProcessHandle.current().pid(), start(ProcessHandle.current()));
    }

    /** Whether there is such a process. Another process that has got the same id began at another time. */
    boolean lives() {
        return ProcessHandle.of(id).filter(ProcessHandle::isAlive).filter(handle -> {
            final long start = start(handle);
            return start == 0 || startMs == 0 || Math.abs(start - startMs) <= TOLERANCE_MS;
        }).isPresent();
    }

    private static long start(final ProcessHandle handle) {
        return handle.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }
}
