package org.tickwave.bench.task;

import org.tickwave.bench.keep.Archive;
import org.tickwave.bench.keep.Kept;

/** A frame that a task has taken, and what an output for it means. */
public final class Frame implements Kept {
    private final float[] input;
    private final double[] numbers;
    private final double[] unit;

    /**
     * @param width   numbers in the frame
     * @param context frames in an input; 0 for no input
     */
    public Frame(final int width, final int context) {
        input = new float[context * width];
        numbers = new double[width];
        unit = new double[width];
    }

    /** The network's input. Shared. */
    public float[] input() {
        return input;
    }

    /** The numbers in the stream's unit. Shared. */
    public double[] numbers() {
        return numbers;
    }

    /** The change of each number that an output of 1 means, in the stream's unit. Shared. */
    double[] unit() {
        return unit;
    }

    /**
     * Turns an output for this frame into a prediction of the next frame.
     *
     * @param of the index in the frame of each number of the output
     * @param to receives the prediction, in the stream's unit
     */
    public void predict(final float[] output, final int[] of, final double[] to) {
        for (int i = 0; i < to.length; i++) {
            to[i] = numbers[of[i]] + output[i] * unit[of[i]];
        }
    }

    /** Takes the numbers and the unit of another frame of the same width, but not its input. */
    public void copy(final Frame other) {
        System.arraycopy(other.numbers, 0, numbers, 0, numbers.length);
        System.arraycopy(other.unit, 0, unit, 0, unit.length);
    }

    @Override
    public void keep(final Archive archive) {
        archive.all(input);
        archive.all(numbers);
        archive.all(unit);
    }
}
