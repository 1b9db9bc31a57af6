package org.tickwave.bench.compare;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.ExecutionException;

/** Runs one process after another. {@link #stop} ends the present process and all processes that it has started. */
final class Children {
    private static final File NOTHING = new File("/dev/null");
    /** Exit codes of a process that SIGINT or SIGTERM ended: 128 and the number of the signal. */
    private static final List<Integer> SIGNALLED = List.of(130, 143);
    /** JMH and the launcher end by themselves on SIGTERM. After this time they are killed. */
    private static final long GRACE_MS = 1_000;

    private Process present;
    private boolean stopped;

    /** Exit code and output of a process that has ended. */
    record Ended(int code, String out) {
        boolean good() {
            return code == 0;
        }
    }

    /**
     * Runs a process to its end. Ctrl-C on a terminal goes to all processes, so a process that a signal ended counts as a stop.
     *
     * @throws IOException if the process cannot be started
     */
    Ended run(final ProcessBuilder builder) throws IOException, Interrupted {
        final Process process = start(builder.redirectInput(NOTHING));
        try {
            final String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            final int code = process.waitFor();
            synchronized (this) {
                present = null;
                stopped |= SIGNALLED.contains(code);
                if (stopped) {
                    throw new Interrupted();
                }
            }
            return new Ended(code, out);
        } catch (final InterruptedException | IOException e) {
            stop();
            throw new Interrupted();
        }
    }

    private synchronized Process start(final ProcessBuilder builder) throws IOException, Interrupted {
        if (stopped) {
            throw new Interrupted();
        }
        present = builder.start();
        return present;
    }

    /** Any thread may call this. No process starts afterwards. Returns when all processes have ended. */
    void stop() {
        final Process process;
        synchronized (this) {
            stopped = true;
            process = present;
        }
        if (process == null) {
            return;
        }
        // Listed first: the system hides whose descendant a process was once its parent has ended.
        final List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
        all.add(process.toHandle());
        all.reversed().forEach(ProcessHandle::destroy);
        final CompletableFuture<?> ends = CompletableFuture.allOf(all.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new));
        try {
            ends.get(GRACE_MS, TimeUnit.MILLISECONDS);
        } catch (final TimeoutException e) {
            all.forEach(ProcessHandle::destroyForcibly);
            ends.join();
        } catch (final InterruptedException | ExecutionException e) {
            all.forEach(ProcessHandle::destroyForcibly);
        }
    }
}
