package org.tickwave.pipeline;

/**
 * One access to shared memory, or a fence, in the program order of its actor. Places hold small numbers, such as the tick of a
 * vector.
 *
 * @param place the place of the access; meaningless for a fence
 * @param value the number that a store stores, that a wait waits for, or that a load must find; or ANY
 */
record Step(String name, Kind kind, int place, int value, boolean ordered) {
    static final int ANY = Integer.MIN_VALUE;

    enum Kind {
        /** {@code ordered}: with release. */
        STORE(false, true),
        /** {@code ordered}: with acquire. */
        LOAD(true, false),
        /** Continues when the place holds the value or more. {@code ordered}: with acquire. */
        AWAIT(true, false),
        /** Continues when the place holds exactly the value. {@code ordered}: with acquire. */
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
