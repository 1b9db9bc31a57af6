package org.tickwave.safetensors;

import java.io.IOException;
import java.util.Arrays;
import org.tickwave.safetensors.file.FileException;
import org.tickwave.safetensors.file.OneLine;
import org.tickwave.safetensors.file.StrictJson;

/** Reads the entry of a tensor in the header of a safetensors file. */
final class TensorEntry {
    private static final String DTYPE = "F32";
    static final int MOST_DIMENSIONS = 8;
    /** Some JSON readers round larger integers. */
    private static final long LARGEST_INTEGER = 1L << 53;

    private String dtype;
    private int[] shape;
    private long[] offsets;

    private TensorEntry() {
    }

    /**
     * Reads an entry.
     *
     * @param json positioned after the name
     * @throws FileException if the entry is not a tensor of float32 whose size agrees with its offsets
     */
    static Safetensors.Tensor read(final StrictJson json, final String name) throws IOException {
        final String what = "tensor " + OneLine.text(name) + ": ";
        final TensorEntry entry = new TensorEntry();
        json.object(what, key -> {
            switch (key) {
                case "dtype" -> entry.dtype = json.text(what + "dtype: ");
                case "shape" -> entry.shape = shape(json, what + "shape: ");
                case "data_offsets" -> entry.offsets = offsets(json, what + "data_offsets: ");
                default -> throw json.unknownKey(what, key, "dtype, shape and data_offsets");
            }
        });
        if (entry.dtype == null || entry.shape == null || entry.offsets == null) {
            throw json.refuse(what + "no " + (entry.dtype == null ? "dtype" : entry.shape == null ? "shape" : "data_offsets")
                + ": expected dtype, shape and data_offsets");
        }
        if (!entry.dtype.equals(DTYPE)) {
            throw json.refuse(what + "dtype " + OneLine.text(entry.dtype) + ": expected " + DTYPE);
        }
        final Safetensors.Tensor tensor = new Safetensors.Tensor(name, Arrays.stream(entry.shape).boxed().toList(), entry.offsets[0], entry.offsets[1]);
        expectSize(json, what, tensor);
        return tensor;
    }

    private static int[] shape(final StrictJson json, final String what) throws IOException {
        final int[] shape = new int[MOST_DIMENSIONS];
        final int[] dimensions = {0};
        json.list(what, MOST_DIMENSIONS, i -> {
            shape[i] = (int) json.whole(what, 0, Safetensors.MOST_NUMBERS);
            dimensions[0] = i + 1;
        });
        return Arrays.copyOf(shape, dimensions[0]);
    }

    private static long[] offsets(final StrictJson json, final String what) throws IOException {
        final long[] offsets = {-1, -1};
        json.list(what, 2, i -> offsets[i] = json.whole(what, 0, LARGEST_INTEGER));
        if (offsets[1] < 0) {
            throw json.refuse(what + (offsets[0] < 0 ? "no offsets" : "only one offset") + ": expected begin and end");
        }
        if (offsets[0] > offsets[1]) {
            throw json.refuse(what + Arrays.toString(offsets) + ": expected a begin that is not after the end");
        }
        return offsets;
    }

    private static void expectSize(final StrictJson json, final String what, final Safetensors.Tensor tensor) throws FileException {
        long count = 1;
        for (final int n : tensor.shape()) {
            // The product is below 2^62, because both factors are below 2^31.
            count *= n;
            if (count > Safetensors.MOST_NUMBERS) {
                throw json.refuse(what + "shape " + tensor.shape() + ": expected at most " + Safetensors.MOST_NUMBERS
                    + " numbers");
            }
        }
        final long bytes = tensor.end() - tensor.begin();
        if (bytes != count * Float.BYTES) {
            throw json.refuse(what + "data_offsets: [" + tensor.begin() + ", " + tensor.end() + "], " + bytes + " bytes: expected "
                + count * Float.BYTES + ", the size of shape " + tensor.shape() + " with " + DTYPE);
        }
    }
}
