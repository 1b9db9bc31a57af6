package org.tickwave.pipeline;

import java.lang.foreign.MemorySegment;
import java.util.stream.IntStream;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.tickwave.layout.AnswerDescriptor;
import org.tickwave.layout.Geometry;

/**
 * A forward pass through all layers with the present weights. It works in a region of the image that nothing else uses, and
 * changes nothing outside of that region. For the source's thread. First the frame is taken; then, once every committed tick is
 * completed, the pass runs.
 */
public final class AnswerPass {
    private static final int INPUT = 0;

    private final Layer[] upwards;
    private final AnswerDescriptor region;
    private final int output;
    private final VectorCopy frames;
    private final VectorCopy answers;

    /** @param layers all layers, each at the index of its number */
    public AnswerPass(final Image image, final Layer[] layers) {
        final Geometry geometry = image.layout().geometry();
        upwards = IntStream.of(geometry.wiring().upwards()).mapToObj(l -> layers[l]).toArray(Layer[]::new);
        region = image.layout().answer();
        output = geometry.wiring().outputs()[0];
        frames = new VectorCopy("frame", image, geometry.width(INPUT));
        answers = new VectorCopy("answer", image, geometry.width(output));
    }

    /** Takes the frame, and checks that the answer fits. */
    public void take(final float[] frame, final float[] to) {
        frames.expect(frame);
        answers.expect(to);
        frames.in(frame, region.activation(INPUT));
        frames.inspect(region.activation(INPUT));
    }

    /** Takes the frame, and checks that the answer fits. */
    public void take(
        final MemorySegment frame, final long frameOffsetBytes, final MemorySegment to, final long toOffsetBytes) {
        frames.expect(frame, frameOffsetBytes);
        answers.expect(to, toOffsetBytes);
        if (to.isReadOnly()) {
            throw new IllegalArgumentException("the segment for the answer is read-only: expected memory that can be written");
        }
        frames.in(frame, frameOffsetBytes, region.activation(INPUT));
        frames.inspect(region.activation(INPUT));
    }

    /** Takes the frame, and checks that the answer fits. */
    public void take(final DirectBuffer frame, final int frameIndexBytes, final DirectBuffer to, final int toIndexBytes) {
        frames.expect(frame, frameIndexBytes);
        answers.expect(to, toIndexBytes);
        frames.in(frame, frameIndexBytes, region.activation(INPUT));
        frames.inspect(region.activation(INPUT));
    }

    /** Answers the frame that was taken. Returns false, and writes nothing, if the guard refused an activation. */
    public boolean into(final float[] to) {
        if (!run()) {
            return false;
        }
        answers.out(region.activation(output), to);
        return true;
    }

    /** Answers the frame that was taken, as {@link #into(float[])} does. */
    public boolean into(final MemorySegment to, final long offsetBytes) {
        if (!run()) {
            return false;
        }
        answers.out(region.activation(output), to, offsetBytes);
        return true;
    }

    /** Answers the frame that was taken, as {@link #into(float[])} does. */
    public boolean into(final MutableDirectBuffer to, final int indexBytes) {
        if (!run()) {
            return false;
        }
        answers.out(region.activation(output), to, indexBytes);
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
