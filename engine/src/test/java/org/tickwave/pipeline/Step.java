package org.tickwave.pipeline;

/**
 * One access to memory that others share, or a fence, in the order of its actor's program. Places hold small numbers, such
 * as the tick whose vector stands there.
 *
 * @param place of the access, or of none: a fence's
 * @param value what is stored; what a wait waits for; what a load has to find, or ANY
 */
record Step(String name, Kind kind, int place, int value, boolean ordered) {
    static final int ANY = Integer.MIN_VALUE;

    enum Kind {
        /** {@code ordered}: with release. */
        STORE(false, true),
        /** {@code ordered}: with acquire. */
        LOAD(true, false),
        /** Goes on when the place holds the value or more. {@code ordered}: with acquire. */
        AWAIT(true, false),
        /** Goes on when the place holds just the value. {@code ordered}: with acquire. */
        AWAIT_EXACTLY(true, false),
        LOAD_LOAD_FENCE(true, false),
        STORE_STORE_FENCE(false, true),
        FULL_FENCE(true, true);

        final boolean loads;
        final boolean stores;

        Kind(final boolean loads, final boolean stores) {
            this.loads = loads;
            this.stores = stores;
        }

        boolean fence() {
            return this == LOAD_LOAD_FENCE || this == STORE_STORE_FENCE || this == FULL_FENCE;
        }
    }

    /** @param held what the place holds */
    boolean enabled(final int held) {
        return switch (kind) {
            case AWAIT -> held >= value;
            case AWAIT_EXACTLY -> held == value;
            default -> true;
        };
    }
}
