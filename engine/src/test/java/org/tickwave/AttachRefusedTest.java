package org.tickwave;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tickwave.layout.CountersDescriptor;
import org.tickwave.layout.HeaderDescriptor;
import org.tickwave.layout.ImageLayout;
import org.tickwave.layout.ImageState;
import org.tickwave.layout.SettingsDescriptor;
import org.tickwave.layout.SlotDescriptor;
import org.tickwave.pipeline.Image;

/** An image that does not fit is refused by name, and no byte of it changes. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AttachRefusedTest {
    private static final Network NETWORK = Network.chain(3, 4, 4, 2).build();
    private static final int TICKS = 9;
    /** More than the images take: a file may be longer. */
    private static final long MEMORY_BYTES = 1 << 17;
    private static final ImageLayout OWN = new ImageLayout(NETWORK.geometry(Rule.aligned().on(NETWORK.wiring()), 0));
    private static final String ONE_LINE = "(\\S+ )+in [^:\n]+: expected [^\n]+";

    /** An image after some ticks, laid out for a lane width. */
    private static MemorySegment image(final Arena arena, final int lanes) {
        final ImageArena memory = new ImageArena(arena);
        try (Engine engine = Engine.open(NETWORK, new Context().arena(memory).bands(2))) {
            for (int t = 0; t < TICKS; t++) {
                engine.input(new float[] {.1f * t, .2f, .3f}).target(new float[] {.4f, .5f}).tick();
            }
            final MemorySegment copy = arena.allocate(MEMORY_BYTES, Engine.IMAGE_ALIGNMENT_BYTES).copyFrom(memory.image());
            Image.attach(OWN.withLanes(lanes), copy, copy.get(ValueLayout.JAVA_LONG, HeaderDescriptor.DIGEST_OFFSET));
            return copy;
        }
    }

    private static String refusal(final MemorySegment image, final Network network, final Context context) {
        final byte[] before = image.toArray(ValueLayout.JAVA_BYTE);
        final IllegalArgumentException e = assertThrows(
            IllegalArgumentException.class, () -> Engine.attach(network, context.arena(new Slab(image))));
        assertEquals(-1, image.mismatch(MemorySegment.ofArray(before)), () -> "byte that was changed, but: " + e.getMessage());
        return e.getMessage();
    }

    private static void refused(final String message, final int lanes, final Consumer<MemorySegment> damage) {
        try (Arena arena = Arena.ofShared()) {
            final MemorySegment image = image(arena, lanes);
            damage.accept(image);
            assertEquals(message, refusal(image, NETWORK, new Context()));
        }
    }

    private static void longRefused(final String message, final int lanes, final long at, final long value) {
        refused(message, lanes, image -> image.set(ValueLayout.JAVA_LONG, at, value));
    }

    private static void intRefused(final String message, final int lanes, final long at, final int value) {
        refused(message, lanes, image -> image.set(ValueLayout.JAVA_INT, at, value));
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 8, 16})
    void aHeaderThatDoesNotFit(final int lanes) {
        longRefused("MAGIC 0x0 in the header: expected 0x455641574b434954, which a complete image has", lanes, 0, 0);
        intRefused("VERSION 2 in the header: expected 3", lanes, HeaderDescriptor.VERSION_OFFSET, 2);
        intRefused("LANES 32 in the header: expected 4, 8 or 16", lanes, HeaderDescriptor.LANES_OFFSET, 32);
        final String network = ", as this network with this history has";
        longRefused("IMAGE_BYTES " + (OWN.imageBytes() + 64) + " in the header: expected " + OWN.imageBytes() + network, lanes,
            HeaderDescriptor.IMAGE_BYTES_OFFSET, OWN.imageBytes() + 64);
        longRefused("IMAGE_BYTES 0 in the header: expected a multiple of 64, 64 to " + MEMORY_BYTES, lanes,
            HeaderDescriptor.IMAGE_BYTES_OFFSET, 0);
        intRefused("OWNER 3 in entry 4, TARGET 3: expected 0 to 2", lanes, HeaderDescriptor.LAYERS_OFFSET, 2);
        intRefused("REGION_COUNT 23 in the header: expected 24" + network, lanes, HeaderDescriptor.REGION_COUNT_OFFSET, 23);
        intRefused("STATE OPENING in the header: expected AT_REST or TICKING", lanes, HeaderDescriptor.STATE_OFFSET,
            ImageState.OPENING.ordinal());
        intRefused("STATE 3 in the header: expected 0 to 2", lanes, HeaderDescriptor.STATE_OFFSET, ImageState.FAILED.ordinal());
        intRefused("STATE -1 in the header: expected 0 to 2", lanes, HeaderDescriptor.STATE_OFFSET, -1);
        intRefused("END FAILED in the header: expected 0 or CLOSED", lanes, HeaderDescriptor.END_OFFSET, ImageState.FAILED.ordinal());
        intRefused("END 1 in the header: expected 0 or CLOSED", lanes, HeaderDescriptor.END_OFFSET, ImageState.AT_REST.ordinal());
        intRefused("END -1 in the header: expected 0 or CLOSED", lanes, HeaderDescriptor.END_OFFSET, -1);
    }

    /** Every field of every entry, one more, one less, and as large as can be. */
    @ParameterizedTest
    @ValueSource(ints = {4, 8, 16})
    void aRegionTableThatDoesNotFit(final int lanes) {
        try (Arena arena = Arena.ofShared()) {
            final MemorySegment image = image(arena, lanes);
            final MemorySegment damaged = arena.allocate(image.byteSize(), Engine.IMAGE_ALIGNMENT_BYTES);
            final long end = HeaderDescriptor.entry(OWN.regions().size());
            for (long at = HeaderDescriptor.TABLE_OFFSET; at < end; at += Integer.BYTES) {
                final int value = image.get(ValueLayout.JAVA_INT, at);
                for (final int other : new int[] {value + 1, value - 1, Integer.MAX_VALUE}) {
                    damaged.copyFrom(image);
                    damaged.set(ValueLayout.JAVA_INT, at, other);
                    final String message = refusal(damaged, NETWORK, new Context());
                    assertTrue(message.matches("(KIND|OWNER|REGION|STRIDE|SLOTS|WIDTH) " + ONE_LINE.replace(" )+in", " )*(in|of)")), message);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 8, 16})
    void countersThatAreNotAtRest(final int lanes) {
        for (int l = 1; l <= 3; l++) {
            longRefused("DONE 8 in the counters of layer " + l + ": expected 9, the ticks that were committed", lanes,
                OWN.counters(l) + CountersDescriptor.DONE_OFFSET, 8);
        }
        longRefused("DONE 9 in the counters of layer 1: expected 10, the ticks that were committed", lanes,
            OWN.counters(0) + CountersDescriptor.DONE_OFFSET, 10);
        longRefused("DONE -1 in the counters of layer 0: expected at least 0", lanes, OWN.counters(0) + CountersDescriptor.DONE_OFFSET, -1);
        longRefused("TRIPS -1 in the counters of layer 2: expected at least 0", lanes,
            OWN.counters(2) + CountersDescriptor.TRIPS_OFFSET, -1);
        longRefused("TICK -1 in the newest slot of ACTIVATION 2: expected 9", lanes,
            OWN.activation(2).slot(TICKS) + SlotDescriptor.TICK_OFFSET, -1);
        longRefused("TICK 7 in the newest slot of ACTIVATION 0: expected 8", lanes,
            OWN.activation(0).slot(TICKS - 1) + SlotDescriptor.TICK_OFFSET, 7);
        longRefused("TICK 7 in the newest slot of TARGET 3: expected 8", lanes,
            OWN.target(3).slot(TICKS - 1) + SlotDescriptor.TICK_OFFSET, 7);
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 8, 16})
    void settingsThatCannotBe(final int lanes) {
        final String where = " in the source's line of the settings: expected ";
        final long at = OWN.settings();
        longRefused("TAKEN 10" + where + "0 to 9", lanes, at + SettingsDescriptor.TAKEN_OFFSET, 10);
        longRefused("FRAME 10" + where + "0 to 9", lanes, at + SettingsDescriptor.FRAME_OFFSET, 10);
        longRefused("OFF_SINCE -1" + where + "0 to 9", lanes, at + SettingsDescriptor.OFF_SINCE_OFFSET, -1);
        longRefused("ORIGIN 10" + where + "0 to 9", lanes, at + SettingsDescriptor.ORIGIN_OFFSET, 10);
        longRefused("ON_SINCE 10" + where + "0 to 9", lanes, at + SettingsDescriptor.ON_SINCE_OFFSET, 10);
        intRefused("LEARNING 2" + where + "0 to 1", lanes, at + SettingsDescriptor.LEARNING_OFFSET, 2);
        intRefused("HELD -1" + where + "0 to 1", lanes, at + SettingsDescriptor.HELD_OFFSET, -1);
        for (final float rate : new float[] {Float.NaN, Float.NEGATIVE_INFINITY, .1f}) {
            intRefused("MINUS_RATE " + rate + where + "a finite number, at most 0", lanes,
                at + SettingsDescriptor.MINUS_RATE_OFFSET, Float.floatToIntBits(rate));
        }
        longRefused("END 8 in commit 8 of the settings: expected 9", lanes, at + SettingsDescriptor.commit(8), 8);
        refused("DONE 9 in the counters, before the first commit: expected 0", lanes, image -> {
            image.set(ValueLayout.JAVA_LONG, at + SettingsDescriptor.TAKEN_OFFSET, 0);
            image.set(ValueLayout.JAVA_LONG, at + SettingsDescriptor.FRAME_OFFSET, 0);
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 8, 16})
    void anotherNetworkOrRuleOrClipOrGuardOrHistory(final int lanes) {
        try (Arena arena = Arena.ofShared()) {
            final MemorySegment image = image(arena, lanes);
            final List<String> messages = new ArrayList<>();
            for (final Network.Builder other : List.of(
                Network.chain(3, 4, 5, 2), Network.chain(3, 4, 2), Network.chain(3, 4, 4, 2).activation(Activation.RELU),
                Network.chain(3, 4, 4, 2).outputActivation(Activation.TANH),
                Network.chain(3, 4, 4, 2).loss(Loss.SOFTMAX_CROSS_ENTROPY))) {
                messages.add(refusal(image, other.build(), new Context()));
            }
            for (final Context other : List.of(
                new Context().rule(Rule.diffusion()), new Context().rule(Rule.window(2)), new Context().clip(1),
                new Context().guard(Engine.Guard.COUNT))) {
                messages.add(refusal(image, NETWORK, other));
            }
            final String found = "DIGEST 0x" + Long.toHexString(image.get(ValueLayout.JAVA_LONG, HeaderDescriptor.DIGEST_OFFSET))
                + " in the header: expected 0x[0-9a-f]+, the digest of this network with this rule, clip and guard";
            assertEquals(9, messages.stream().distinct().count());
            messages.forEach(message -> assertTrue(message.matches(found), message));
            final int slots = OWN.activation(0).slots();
            assertEquals("SLOTS " + slots + " in entry 3, ACTIVATION 0: expected " + (slots + 1)
                + ", as this network with this history has",
                refusal(image, NETWORK, new Context().history(1)));
        }
    }

    @Test
    void memoryThatHoldsNoWholeImage() {
        try (Arena arena = Arena.ofShared()) {
            final MemorySegment image = image(arena, 8);
            final long digest = image.get(ValueLayout.JAVA_LONG, HeaderDescriptor.DIGEST_OFFSET);
            for (final long bytes : new long[] {0, 8, 63, 64, 640, OWN.imageBytes() - 64, OWN.imageBytes() - 1}) {
                final MemorySegment part = image.asSlice(0, bytes);
                final byte[] before = part.toArray(ValueLayout.JAVA_BYTE);
                final String message =
                    assertThrows(IllegalArgumentException.class, () -> Image.attach(OWN, part, digest)).getMessage();
                assertEquals(bytes < 64 ? "the segment's length " + bytes + " in the header: expected at least 64"
                    : "IMAGE_BYTES " + OWN.imageBytes() + " in the header: expected a multiple of 64, 64" + (bytes == 64 ? "" : " to " + bytes), message);
                assertEquals(-1, part.mismatch(MemorySegment.ofArray(before)));
            }
            final MemorySegment small = image.asSlice(0, OWN.imageBytes() - 64);
            assertEquals("the memory that Context.arena gave has " + small.byteSize() + " bytes: expected " + OWN.imageBytes() + " bytes",
                refusal(small, NETWORK, new Context()));
            assertEquals("the memory that Context.arena gave is read-only: expected memory that can be written",
                refusal(image.asReadOnly(), NETWORK, new Context()));
        }
        assertEquals("no Context.arena: expected an arena that gives the memory of an image",
            assertThrows(IllegalArgumentException.class, () -> Engine.attach(NETWORK, new Context())).getMessage());
    }

    /** A band failed in a tick, and the engine was closed: the state says closed, but the counters differ. */
    @Test
    void anImageThatFailedAndWasClosed() {
        try (Arena memory = Arena.ofShared()) {
            final ImageArena arena = new ImageArena(memory);
            try (Engine engine = Engine.open(NETWORK, new Context().arena(arena))) {
                engine.input(new float[3]).target(new float[2]).tick();
                arena.misdate(NETWORK, Rule.aligned(), 1, 1);
                assertThrows(BandFailedException.class, engine::tick);
                assertEquals("END FAILED in the header: expected 0 or CLOSED",
                    refusal(arena.image(), NETWORK, new Context()));
            }
            final String message = refusal(arena.image(), NETWORK, new Context());
            assertTrue(message.matches("DONE 1 in the counters of layer [123]: expected 2, the ticks that were committed"), message);
        }
    }

    /** Threads that cannot start do not spoil the image. */
    @Test
    void anEngineThatCannotStartLeavesAnImageToAttachTo() {
        try (Arena arena = Arena.ofShared()) {
            final MemorySegment image = image(arena, 4);
            assertThrows(IllegalStateException.class,
                () -> Engine.attach(NETWORK, new Context().arena(new Slab(image)).threads(2).threadFactory(work -> null)));
            try (Engine engine = Engine.attach(NETWORK, new Context().arena(new Slab(image)).threads(2))) {
                engine.tick();
                assertEquals(TICKS + 1, engine.completed());
            }
        }
    }
}
