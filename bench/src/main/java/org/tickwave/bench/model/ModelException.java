package org.tickwave.bench.model;

import java.io.IOException;

/**
 * A model cannot be saved, or a saved model is invalid. The message is one line that says which file, where, and what was
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
