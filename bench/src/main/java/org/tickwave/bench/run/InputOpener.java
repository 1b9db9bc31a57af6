package org.tickwave.bench.run;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.tickwave.bench.input.Input;
import org.tickwave.bench.report.Units;
import org.tickwave.bench.setup.RunFailure;
import org.tickwave.bench.stream.FrameStream;

/** Opens an input and waits for its header, on a daemon thread: opening a FIFO cannot be interrupted. */
final class InputOpener {
    private InputOpener() {
    }

    /**
     * @param seconds longest wait; null for no limit
     * @param say     prints a line when the wait takes long; null to print nothing
     * @throws RunFailure  if the header does not come in time
     * @throws IOException if the input cannot be opened, or is not a stream
     */
    static FrameStream open(final Input input, final Double seconds, final Consumer<String> say)
        throws RunFailure, IOException {
        final FutureTask<FrameStream> opening = new FutureTask<>(input::open);
        Thread.ofPlatform().daemon().name("tickwave-open").start(opening);
        try (WaitNotice _ = new WaitNotice(say, () -> input.name() + ": " + input.missing())) {
            return seconds == null ? opening.get() : opening.get((long) (seconds * 1e9), TimeUnit.NANOSECONDS);
        } catch (final TimeoutException e) {
            opening.cancel(true);
            throw noFrame(input.name(), seconds, input.missing());
        } catch (final InterruptedException e) {
            opening.cancel(true);
            Thread.currentThread().interrupt();
            throw RunFailure.failed(input.name() + ": interrupted: " + input.missing());
        } catch (final ExecutionException e) {
            switch (e.getCause()) {
                case final IOException cause -> throw cause;
                case final RuntimeException cause -> throw cause;
                case final Error cause -> throw cause;
                default -> throw new IllegalStateException(e.getCause());
            }
        }
    }

    /** @param missing says what has not come, such as "no whole frame has come" */
    static RunFailure noFrame(final String name, final double seconds, final String missing) {
        return RunFailure.failed(name + ": no frame within --seconds " + Units.number(seconds) + ": " + missing);
    }
}
