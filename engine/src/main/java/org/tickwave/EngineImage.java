package org.tickwave;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.tickwave.layout.Digest;
import org.tickwave.layout.ImageLayout;
import org.tickwave.pipeline.Image;

/** How an engine comes to its image. */
enum EngineImage {
    /** A new image with start weights. */
    NEW,
    /** The image at rest that the memory holds. */
    ATTACHED,
    /** A copy of an image at rest. */
    RESUMED;

    /**
     * The image in an engine's memory.
     *
     * @param memory of the engine; unchanged if the image is refused
     * @param from   the image that is copied, if this is {@link #RESUMED}; unchanged
     * @throws IllegalArgumentException if the memory or the copy holds no image at rest of this network
     */
    Image in(final MemorySegment memory, final ImageLayout layout, final long digest, final long seed, final MemorySegment from) {
        return switch (this) {
            case NEW -> Image.create(layout, memory, seed);
            case ATTACHED -> Image.attach(layout, memory, digest);
            case RESUMED -> {
                Image.expect(layout, from, digest);
                Image.copyRelease(from, memory.asSlice(0, layout.imageBytes()));
                yield Image.attach(layout, memory, digest);
            }
        };
    }

    static long digest(final Network network, final Context context, final ImageLayout layout) {
        final int[] activations = Arrays.stream(network.sigmas()).mapToInt(sigma -> sigma == null ? 0 : sigma.ordinal()).toArray();
        final int[] losses = IntStream.of(network.outputs()).map(output -> network.loss(output).kernel.ordinal()).toArray();
        return Digest.of(layout.geometry(), activations, losses, context.clip, context.guard.ordinal());
    }
}
