package org.tickwave.bench.task;

import org.tickwave.bench.scale.Normaliser;

/** Puts frames into inputs. */
final class Frames {
    private Frames() {
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
