package org.tickwave.bench.setup;

/** A run could not start or failed. The message is one line for the user. */
public final class RunFailure extends Exception {
    private static final long serialVersionUID = 1L;
    private static final int FAILED = 1;
    private static final int USAGE = 2;

    private final int exitCode;

    private RunFailure(final String message, final int exitCode) {
        super(message);
        this.exitCode = exitCode;
    }

    /** A failure that a file, its bytes or the machine caused. */
    public static RunFailure failed(final String message) {
        return new RunFailure(message, FAILED);
    }

    /** A mistake in the command line. */
    public static RunFailure usage(final String message) {
        return new RunFailure(message, USAGE);
    }

    public int exitCode() {
        return exitCode;
    }
}
