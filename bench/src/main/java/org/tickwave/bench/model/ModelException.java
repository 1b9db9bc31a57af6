package org.tickwave.bench.model;

import java.io.IOException;

/**
 * A saved model is not what it should be, or cannot be saved; the message is one line that says which, where, and what was
 * expected.
 */
public final class ModelException extends IOException {
    private static final long serialVersionUID = 1L;

    ModelException(final String message) {
        super(message);
    }

    ModelException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
