package org.tickwave.safetensors.file;

import java.io.IOException;

/** A file cannot be written, or its content is refused. The message is one line that says which file, where, and what was expected. */
public final class FileException extends IOException {
    private static final long serialVersionUID = 1L;

    /** @param message of one line */
    public FileException(final String message) {
        super(message);
    }

    /** @param message of one line */
    public FileException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
