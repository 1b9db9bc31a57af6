package org.tickwave.pipeline;

import java.lang.foreign.MemorySegment;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.tickwave.kernel.Fold;
import org.tickwave.kernel.Good;
import org.tickwave.layout.AnswerDescriptor;
import org.tickwave.layout.Geometry;

/**
 * A forward pass through all layers with the present weights. It works in a region of the image that nothing else uses, and
 * changes nothing outside of that region. For the source's thread. First the frame is taken; then, once every committed tick is
 * completed, the pass runs.
 */
public final class AnswerPass {
    private final MemorySegment image;
    private final Geometry geometry;
    private final Layer[] layers;
    private final AnswerDescriptor region;
    private final VectorCopy frames;
    private final VectorCopy answers;

    /** @param layers all layers, each at the index of its number */
    public AnswerPass(final Image image, final Layer[] layers) {
        this.image = image.segment();
        this.layers = layers.clone();
        geometry = image.layout().geometry();
        region = image.layout().answer();
        frames = new VectorCopy("frame", image, geometry.width(0));
        answers = new VectorCopy("answer", image, geometry.width(geometry.layers()));
    }

    /** Takes the frame, and checks that the answer fits. */
    public void take(final float[] frame, final float[] to) {
        frames.expect(frame);
        answers.expect(to);
        frames.in(frame, region.frame());
        frames.inspect(region.frame());
    }

    /** Takes the frame, and checks that the answer fits. */
    public void take(
        final MemorySegment frame, final long frameOffsetBytes, final MemorySegment to, final long toOffsetBytes) {
        frames.expect(frame, frameOffsetBytes);
        answers.expect(to, toOffsetBytes);
        if (to.isReadOnly()) {
            throw new IllegalArgumentException("the segment for the answer is read-only: expected memory that can be written");
        }
        frames.in(frame, frameOffsetBytes, region.frame());
        frames.inspect(region.frame());
    }

    /** Takes the frame, and checks that the answer fits. */
    public void take(final DirectBuffer frame, final int frameIndexBytes, final DirectBuffer to, final int toIndexBytes) {
        frames.expect(frame, frameIndexBytes);
        answers.expect(to, toIndexBytes);
        frames.in(frame, frameIndexBytes, region.frame());
        frames.inspect(region.frame());
    }

    /** Answers the frame that was taken. Returns false, and writes nothing, if the guard refused an activation. */
    public boolean into(final float[] to) {
        if (!run()) {
            return false;
        }
        answers.out(region.activation(geometry.layers()), to);
        return true;
    }

    /** Answers the frame that was taken, as {@link #into(float[])} does. */
    public boolean into(final MemorySegment to, final long offsetBytes) {
        if (!run()) {
            return false;
        }
        answers.out(region.activation(geometry.layers()), to, offsetBytes);
        return true;
    }

    /** Answers the frame that was taken, as {@link #into(float[])} does. */
    public boolean into(final MutableDirectBuffer to, final int indexBytes) {
        if (!run()) {
            return false;
        }
        answers.out(region.activation(geometry.layers()), to, indexBytes);
        return true;
    }

    private boolean run() {
        long x = region.frame();
        for (int l = 1; l < layers.length; l++) {
            final long activation = region.activation(l);
            zeroPadding(geometry.width(l), activation);
            if (!layers[l].answer(x, region, activation)) {
                return false;
            }
            x = activation;
        }
        return true;
    }

    /** A layer leaves its padding as it is. A wider layer may have written there before. */
    private void zeroPadding(final int rows, final long activation) {
        Fold.zeroPadding(image, region.partials(), rows);
        Good.zero(image, activation, Math.toIntExact(Geometry.padded(rows)));
    }
}
