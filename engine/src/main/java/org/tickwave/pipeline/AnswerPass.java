package org.tickwave.pipeline;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.tickwave.layout.AnswerDescriptor;
import org.tickwave.layout.Wiring;

/**
 * A forward pass through all layers with the present weights. It works in a region of the image that nothing else uses, and
 * changes nothing outside of that region. For the source's thread. First the frame is taken; then, once every committed tick is
 * completed, the pass runs.
 */
public final class AnswerPass {
    private final Layer[] upwards;
    private final AnswerDescriptor region;
    /** The parts of a frame, and of an answer: a layer each. */
    private final Part[] inputs;
    private final Part[] outputs;
    private final VectorCopy frames;
    private final VectorCopy answers;

    private record Part(VectorCopy copy, long at) {
    }

    /**
     * @param layers all layers, each at the index of its number
     * @param names  gives the name of a layer, for error messages
     */
    public AnswerPass(final Image image, final Layer[] layers, final IntFunction<String> names) {
        final Wiring wiring = image.layout().geometry().wiring();
        upwards = IntStream.of(wiring.upwards()).mapToObj(l -> layers[l]).toArray(Layer[]::new);
        region = image.layout().answer();
        inputs = parts("frame", image, IntStream.range(0, wiring.inputs()).toArray(), names);
        outputs = parts("answer", image, wiring.outputs(), names);
        frames = whole("frame", image, inputs);
        answers = whole("answer", image, outputs);
    }

    private Part[] parts(final String name, final Image image, final int[] layers, final IntFunction<String> names) {
        return IntStream.of(layers).mapToObj(layer -> new Part(
            new VectorCopy(VectorCopy.name(name, layers, layer, names), image, image.layout().geometry().width(layer)),
            region.activation(layer))).toArray(Part[]::new);
    }

    private static VectorCopy whole(final String name, final Image image, final Part[] parts) {
        return new VectorCopy(name, image, Arrays.stream(parts).mapToInt(part -> part.copy.width()).sum());
    }

    /** Takes the frame, all inputs one after the other, and checks that the answer fits. */
    public void take(final float[] frame, final float[] to) {
        frames.expect(frame);
        answers.expect(to);
        int index = 0;
        for (final Part input : inputs) {
            input.copy.in(frame, index, input.at);
            index += input.copy.width();
        }
        inspect();
    }

    /** Takes the frame, and checks that the answer fits. */
    public void take(
        final MemorySegment frame, final long frameOffsetBytes, final MemorySegment to, final long toOffsetBytes) {
        frames.expect(frame, frameOffsetBytes);
        answers.expect(to, toOffsetBytes);
        if (to.isReadOnly()) {
            throw new IllegalArgumentException("the segment for the answer is read-only: expected memory that can be written");
        }
        long offset = frameOffsetBytes;
        for (final Part input : inputs) {
            input.copy.in(frame, offset, input.at);
            offset += (long) input.copy.width() * Float.BYTES;
        }
        inspect();
    }

    /** Takes the frame, and checks that the answer fits. */
    public void take(final DirectBuffer frame, final int frameIndexBytes, final DirectBuffer to, final int toIndexBytes) {
        frames.expect(frame, frameIndexBytes);
        answers.expect(to, toIndexBytes);
        int index = frameIndexBytes;
        for (final Part input : inputs) {
            input.copy.in(frame, index, input.at);
            index += input.copy.width() * Float.BYTES;
        }
        inspect();
    }

    private void inspect() {
        for (final Part input : inputs) {
            input.copy.inspect(input.at);
        }
    }

    /** Answers the frame that was taken, all outputs one after the other. Returns false, and writes nothing, if the guard refused an activation. */
    public boolean into(final float[] to) {
        if (!run()) {
            return false;
        }
        int index = 0;
        for (final Part output : outputs) {
            output.copy.out(output.at, to, index);
            index += output.copy.width();
        }
        return true;
    }

    /** Answers the frame that was taken, as {@link #into(float[])} does. */
    public boolean into(final MemorySegment to, final long offsetBytes) {
        if (!run()) {
            return false;
        }
        long offset = offsetBytes;
        for (final Part output : outputs) {
            output.copy.out(output.at, to, offset);
            offset += (long) output.copy.width() * Float.BYTES;
        }
        return true;
    }

    /** Answers the frame that was taken, as {@link #into(float[])} does. */
    public boolean into(final MutableDirectBuffer to, final int indexBytes) {
        if (!run()) {
            return false;
        }
        int index = indexBytes;
        for (final Part output : outputs) {
            output.copy.out(output.at, to, index);
            index += output.copy.width() * Float.BYTES;
        }
        return true;
    }

    private boolean run() {
        for (final Layer layer : upwards) {
            if (!layer.answer(region)) {
                return false;
            }
        }
        return true;
    }
}
