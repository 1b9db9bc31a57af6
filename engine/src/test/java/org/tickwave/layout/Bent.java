package org.tickwave.layout;

/** Wrong wirings and rings, which only tests can make. */
public final class Bent {
    private Bent() {
    }

    /**
     * The same wiring with one number off.
     *
     * @param which p, q, T, the gate g or the echo gate e
     * @param of    the projection of p, the layer of q, g and e, or the output of T
     */
    public static Wiring wiring(final Wiring right, final char which, final int of, final int by) {
        return right.shifted(switch (which) {
            case 'p' -> Wiring.Number.AGE;
            case 'q' -> Wiring.Number.SLOPE_AGE;
            case 'T' -> Wiring.Number.TARGET_AGE;
            case 'g' -> Wiring.Number.GATE;
            case 'e' -> Wiring.Number.ECHO_GATE;
            default -> throw new IllegalArgumentException(which + ": expected p, q, T, g or e");
        }, of, by);
    }

    /** A layout with one ring a slot too short. */
    public static ImageLayout layout(final Geometry geometry, final Region.Kind shorter, final int ofOwner) {
        return new ImageLayout(geometry, shorter, ofOwner);
    }
}
