package org.tickwave.bench.task;

import org.tickwave.bench.scale.Normaliser;
import org.tickwave.bench.stream.FrameStream;

/** Puts frames into inputs. */
final class Frames {
    private Frames() {
    }

    /** @throws IllegalArgumentException if an input of so many frames is empty or too large */
    static void expect(final int width, final int context) {
        if (width < 1) {
            throw new IllegalArgumentException("width " + width + ": expected at least 1");
        }
        final int most = Integer.MAX_VALUE / 8 / width;
        if (context < 1 || context > most) {
            throw new IllegalArgumentException(
                "context " + context + ": expected 1 to " + most + " with frames of " + width + " numbers");
        }
    }

    /** Whether a frame can be put into an input. */
    static boolean accepts(final double[] frame, final Normaliser normaliser) {
        return normaliser == null ? FrameStream.good(frame) : Normaliser.accepts(frame);
    }

    /**
     * Puts a frame, which counts, at the start of an input.
     *
     * @param normaliser scales the frame; null to put the frame as it is
     */
    static void put(final double[] frame, final Normaliser normaliser, final float[] input) {
        if (normaliser == null) {
            for (int i = 0; i < frame.length; i++) {
                input[i] = (float) frame[i];
            }
            return;
        }
        normaliser.add(frame);
        for (int i = 0; i < frame.length; i++) {
            input[i] = normaliser.scaled(i, frame[i]);
        }
    }
}
