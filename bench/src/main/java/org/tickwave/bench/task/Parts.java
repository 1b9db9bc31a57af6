package org.tickwave.bench.task;

import java.util.List;
import java.util.stream.IntStream;
import org.tickwave.bench.net.NetworkDescription;

/** Parts of a vector, one after the other. They may overlap, and need not cover the vector. For one thread. */
final class Parts {
    private final int[] numbers;
    private final float[] copy;

    private Parts(final IntStream numbers) {
        this.numbers = numbers.toArray();
        copy = new float[this.numbers.length];
    }

    static Parts ofInputs(final List<NetworkDescription.Input> inputs) {
        return new Parts(inputs.stream().flatMapToInt(input -> IntStream.range(input.first(), input.first() + input.width())));
    }

    static Parts ofOutputs(final List<NetworkDescription.Output> outputs) {
        return new Parts(outputs.stream().flatMapToInt(output -> IntStream.range(output.first(), output.first() + output.width())));
    }

    /** The index of each number in the vector. */
    int[] numbers() {
        return numbers.clone();
    }

    int width() {
        return numbers.length;
    }

    /** The parts of a vector. Shared: other numbers after the next call. */
    float[] of(final float[] vector) {
        for (int i = 0; i < copy.length; i++) {
            copy[i] = vector[numbers[i]];
        }
        return copy;
    }
}
