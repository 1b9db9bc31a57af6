package org.tickwave.layout;

/**
 * A hash of all that decides the results of a network, FNV-1a: different networks almost certainly have different digests. The
 * lanes and the history change the layout and not the results, so they are not in it. The rule is in it as its ages and
 * gates. Feedback is in it at the end, unless all errors come down by the transposed weights.
 */
public final class Digest {
    private static final long BASIS = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;

    private Digest() {
    }

    /**
     * @param activations codes of the activations of the layers with weights, each at the index of its layer
     * @param losses      codes of the losses of the outputs, in the order of the outputs
     * @param clip        the largest magnitude in an error; infinite for no clip
     * @param guard       code of what the engine does when the guard refuses a vector
     */
    public static long of(
        final Geometry geometry, final int[] activations, final int[] losses, final float clip, final int guard) {
        final Wiring wiring = geometry.wiring();
        long hash = BASIS;
        for (final int number : wiring.numbers()) {
            hash = mix(hash, number);
        }
        for (int l = 0; l < wiring.layers(); l++) {
            hash = mix(hash, geometry.width(l));
        }
        for (int l = wiring.inputs(); l < wiring.layers(); l++) {
            hash = mix(hash, activations[l]);
        }
        for (final int loss : losses) {
            hash = mix(hash, loss);
        }
        hash = mix(mix(hash, Float.floatToRawIntBits(clip)), guard);
        for (final int number : wiring.feedbackNumbers()) {
            hash = mix(hash, number);
        }
        return hash;
    }

    private static long mix(final long hash, final int number) {
        long mixed = hash;
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            mixed = (mixed ^ (number >>> shift & 0xff)) * PRIME;
        }
        return mixed;
    }
}
