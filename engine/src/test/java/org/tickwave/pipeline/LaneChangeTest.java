package org.tickwave.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.tickwave.kernel.Sigma;
import org.tickwave.layout.Feedback;
import org.tickwave.layout.Geometry;
import org.tickwave.layout.HeaderDescriptor;
import org.tickwave.layout.ImageLayout;
import org.tickwave.layout.ImageState;
import org.tickwave.layout.RandomWiring;
import org.tickwave.layout.Region;
import org.tickwave.layout.RegionTable;
import org.tickwave.layout.Wiring;

/** An image that is laid out for another lane width is the image that was made for that width. */
class LaneChangeTest {
    private static final int[] WIDTHS = {70, 1, 129, 16, 200};
    private static final long DIGEST = 0x1234_5678_9abc_def0L;
    private static final int[] LANES = {4, 8, 16};

    private static ImageLayout layout(final int lanes) {
        final Wiring chain = Wiring.chain(WIDTHS.length - 1).aligned();
        return new ImageLayout(new Geometry(lanes, WIDTHS, RandomWiring.withFeedback(Feedback.RANDOM, chain, 1), 2));
    }

    private static Image made(final Arena arena, final int lanes) {
        final Image image = Image.create(layout(lanes), arena, 7);
        final Sigma[] sigmas = new Sigma[WIDTHS.length];
        Arrays.fill(sigmas, Sigma.TANH);
        image.startWeights(7, sigmas);
        new Settings(image).start(.1f, true);
        image.completeRelease(DIGEST);
        return image;
    }

    @Test
    void itIsTheImageThatWasMadeForThatWidth() {
        for (final int from : LANES) {
            for (final int to : LANES) {
                try (Arena arena = Arena.ofConfined()) {
                    final Image before = made(arena, from);
                    final Image expected = made(arena, to);
                    final Image image = Image.attach(layout(to), before.segment(), DIGEST);
                    assertEquals(-1, image.segment().mismatch(expected.segment()), from + " to " + to);
                    assertEquals(to, RegionTable.read(image.segment()).lanes());
                    assertEquals(layout(to).regions(), image.table().regions());
                    final float[] weights = new float[WIDTHS[3] * WIDTHS[2]];
                    final float[] same = new float[weights.length];
                    image.readWeights(3, weights);
                    expected.readWeights(3, same);
                    assertArrayEquals(same, weights);
                }
            }
        }
    }

    /** Partial sums of rows beyond a layer's width must be zero. Their places depend on the lanes. */
    @Test
    void workingMemoryBecomesZero() {
        try (Arena arena = Arena.ofConfined()) {
            final Image before = made(arena, 16);
            for (final Region region : before.layout().regions()) {
                if (region.kind() == Region.Kind.SCRATCH || region.kind() == Region.Kind.ANSWER) {
                    before.segment().asSlice(region.offset(), region.bytes()).fill((byte) 0x3f);
                }
            }
            final MemorySegment image = Image.attach(layout(4), before.segment(), DIGEST).segment();
            assertEquals(-1, image.mismatch(made(arena, 4).segment()));
        }
    }

    /** Memory may be longer than the image, as a file may. What follows the image stays. */
    @Test
    void whatFollowsTheImageStays() {
        try (Arena arena = Arena.ofConfined()) {
            final Image before = made(arena, 4);
            final long bytes = before.segment().byteSize();
            final MemorySegment longer = arena.allocate(bytes + 64, Image.ALIGNMENT_BYTES).fill((byte) 7);
            longer.copyFrom(before.segment());
            assertEquals(bytes, Image.attach(layout(16), longer, DIGEST).segment().byteSize());
            final MemorySegment rest = longer.asSlice(bytes);
            assertEquals(-1, rest.mismatch(arena.allocate(64).fill((byte) 7)));
        }
    }

    /** The same NaN bits, and numbers in the padding: bytes move, no number is computed. */
    @Test
    void bytesMoveAsTheyAre() {
        try (Arena arena = Arena.ofConfined()) {
            final Image image = made(arena, 16);
            final long offset = image.layout().weights(1).offset();
            final long bytes = image.layout().weights(1).panels() * image.layout().weights(1).panelBytes();
            for (long at = 0; at < bytes; at += Integer.BYTES) {
                image.segment().set(ValueLayout.JAVA_INT, offset + at, 0x7f80_0000 + (int) at);
            }
            final byte[] before = image.segment().toArray(ValueLayout.JAVA_BYTE);
            Image.attach(layout(4), image.segment(), DIGEST);
            assertTrue(image.segment().mismatch(MemorySegment.ofArray(before)) >= 0);
            Image.attach(layout(8), image.segment(), DIGEST);
            Image.attach(layout(16), image.segment(), DIGEST);
            assertEquals(-1, image.segment().mismatch(MemorySegment.ofArray(before)));
        }
    }

    /** An image whose laying out was broken off has no MAGIC, so no engine and no reader takes it. */
    @Test
    void thereIsNoMagicMeanwhile() {
        try (Arena arena = Arena.ofConfined()) {
            final Image image = made(arena, 4);
            final ImageLayout elsewhere = new ImageLayout(new Geometry(8, new int[] {9, 9, 9, 9, 9_000}, Wiring.chain(4), 0));
            try {
                new LaneChange(layout(4), elsewhere).run(image.segment());
                throw new AssertionError("expected to be broken off: that layout is longer than the image");
            } catch (final IndexOutOfBoundsException e) {
                assertEquals(0, image.segment().get(ValueLayout.JAVA_LONG, HeaderDescriptor.MAGIC_OFFSET));
            }
            assertEquals(ImageState.AT_REST, StateWords.stateAcquire(image.segment()));
        }
    }
}
