package org.tickwave.bench.keep;

/** An archive holds other state than expected: another version of the program wrote it. */
public final class ArchiveException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public ArchiveException(final String message) {
        super(message);
    }
}
