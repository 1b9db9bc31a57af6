package org.tickwave.bench.run;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

/** Says why checkpoints are not written. The same reason is said once. For any thread. */
final class KeepFailures {
    private final String file;
    private final Consumer<String> say;
    private String newest;

    /**
     * @param file the checkpoint in messages
     * @param say  prints a line
     */
    KeepFailures(final String file, final Consumer<String> say) {
        this.file = file;
        this.say = say;
    }

    /** A checkpoint was not written. An internal error is said with its stack trace. */
    synchronized void failed(final Throwable failure) {
        final boolean internal = failure instanceof RuntimeException || failure instanceof Error;
        final String why = switch (failure) {
            case final IOException e when e.getMessage() != null -> e.getMessage();
            case final ExecutionException _ -> answers();
            case final InterruptedException _ -> answers();
            default -> file + ": " + failure;
        };
        if (!Objects.equals(newest, why)) {
            say.accept("tickwave run: --checkpoint " + why + "; the run goes on, and tries again" + (internal ? '\n' + trace(failure) : ""));
        }
        newest = why;
    }

    private String answers() {
        return file + ": the answers before it could not be written";
    }

    private static String trace(final Throwable failure) {
        final StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text, true));
        return text.toString().stripTrailing();
    }

    /** A checkpoint was written. */
    synchronized void written() {
        newest = null;
    }

    /** Why the newest checkpoint was not written; null if it was. */
    synchronized String newest() {
        return newest;
    }
}
