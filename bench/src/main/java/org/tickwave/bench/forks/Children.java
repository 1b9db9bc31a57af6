package org.tickwave.bench.forks;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs one process after another. {@link #stop} ends the present process and all processes that it has started. */
public final class Children {
    private static final File NOTHING = new File("/dev/null");
    /** Exit codes of a process that SIGINT or SIGTERM ended: 128 and the number of the signal. */
    private static final List<Integer> SIGNALLED = List.of(130, 143);
    /** JMH and the launcher end by themselves on SIGTERM. After this time they are killed. */
    private static final long GRACE_MS = 1_000;

    private Process present;
    private boolean stopped;

    /** Exit code and output of a process that has ended. */
    public record Ended(int code, String out) {
        public boolean good() {
            return code == 0;
        }
    }

    /**
     * Runs a process to its end. Ctrl-C on a terminal goes to all processes, so a process that a signal ended counts as a stop. The output
     * goes to a file: the end of a pipe would only come when the last process that inherited the pipe has ended.
     *
     * @throws IOException if the process cannot be started
     */
    public Ended run(final ProcessBuilder builder) throws IOException, Interrupted {
        final Path file = Files.createTempFile("tickwave-compare", ".out");
        try {
            final int code = start(builder.redirectInput(NOTHING).redirectOutput(file.toFile())).waitFor();
            synchronized (this) {
                present = null;
                stopped |= SIGNALLED.contains(code);
                if (stopped) {
                    throw new Interrupted();
                }
            }
            return new Ended(code, new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
        } catch (final InterruptedException e) {
            stop();
            throw new Interrupted();
        } finally {
            Files.delete(file);
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
    public void stop() {
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
