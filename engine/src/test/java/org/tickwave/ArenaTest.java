package org.tickwave;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tickwave.layout.HeaderDescriptor;

/** The engine allocates one segment in an embedder's arena, and refuses memory in which it cannot run. */
class ArenaTest {
    private static final Network NETWORK = Network.chain(5, 4, 3).build();
    private static final long BYTES = Engine.imageBytes(NETWORK, new Context());
    private static final int ALIGNMENT_BYTES = Engine.IMAGE_ALIGNMENT_BYTES;

    /** Returns the segment that the test chooses, and records the request. */
    private static final class Gives implements Arena {
        private final Arena arena;
        private final SegmentAllocator memory;
        private final List<List<Long>> asked = new ArrayList<>();

        Gives(final Arena arena, final SegmentAllocator memory) {
            this.arena = arena;
            this.memory = memory;
        }

        @Override
        public MemorySegment allocate(final long byteSize, final long byteAlignment) {
            asked.add(List.of(byteSize, byteAlignment));
            return memory.allocate(byteSize, byteAlignment);
        }

        @Override
        public MemorySegment.Scope scope() {
            return arena.scope();
        }

        @Override
        public void close() {
            arena.close();
        }
    }

    private static void learn(final Engine engine) {
        engine.input(new float[5]).target(new float[3]).tick();
        assertEquals(1, engine.completed());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aSlabOfExactlyTheImagesBytesWillDoAndNothingElseIsAllocated(final int threads) {
        try (Arena arena = Arena.ofShared()) {
            final Gives slab = new Gives(arena, SegmentAllocator.slicingAllocator(arena.allocate(BYTES, ALIGNMENT_BYTES)));
            try (Engine engine = Engine.open(NETWORK, new Context().arena(slab).threads(threads))) {
                learn(engine);
            }
            assertEquals(List.of(List.of(BYTES, (long) ALIGNMENT_BYTES)), slab.asked);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void anImageInAMappedFileBeginsWhereTheFileBegins(final int threads, @TempDir final Path directory) throws IOException {
        final Path file = directory.resolve("image");
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
             Arena arena = Arena.ofShared()) {
            final MemorySegment mapped = channel.map(MapMode.READ_WRITE, 0, BYTES, arena);
            final Arena gives = new Gives(arena, SegmentAllocator.slicingAllocator(mapped));
            try (Engine engine = Engine.open(NETWORK, new Context().arena(gives).bands(threads))) {
                learn(engine);
            }
            assertEquals(HeaderDescriptor.MAGIC, mapped.get(ValueLayout.JAVA_LONG, 0));
        }
    }

    @Test
    void aLargerSegmentWillDoAndOnlyItsHeadIsUsed() {
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment slab = arena.allocate(BYTES + 64, ALIGNMENT_BYTES).fill((byte) 7);
            try (Engine engine = Engine.open(NETWORK, new Context().arena(new Gives(arena, (bytes, alignment) -> slab)))) {
                learn(engine);
            }
            assertEquals(7, slab.get(ValueLayout.JAVA_BYTE, BYTES));
        }
    }

    private static void refused(final String message, final int bands, final Function<Arena, MemorySegment> gives) {
        try (Arena arena = Arena.ofShared()) {
            final MemorySegment memory = gives.apply(arena);
            final Context context = new Context().bands(bands).arena(new Gives(arena, (bytes, alignment) -> memory));
            final IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> Engine.open(NETWORK, context));
            assertEquals("the memory that Context.arena gave " + message, e.getMessage());
        }
    }

    @Test
    void memoryOnTheHeapIsRefused() {
        refused("is on the heap: expected native or mapped memory", 1,
            arena -> MemorySegment.ofArray(new long[(int) (BYTES / Long.BYTES)]));
    }

    @Test
    void memoryThatIsTooSmallOrNotThereIsRefused() {
        refused("has " + (BYTES - 1) + " bytes: expected " + BYTES + " bytes", 1,
            arena -> arena.allocate(BYTES - 1, ALIGNMENT_BYTES));
        refused("is null: expected " + BYTES + " bytes", 1, arena -> null);
    }

    @Test
    void readOnlyMemoryIsRefused() {
        refused("is read-only: expected memory that can be written", 1,
            arena -> arena.allocate(BYTES, ALIGNMENT_BYTES).asReadOnly());
    }

    @Test
    void misalignedMemoryIsRefused() {
        try (Arena slab = Arena.ofShared()) {
            final MemorySegment memory = slab.allocate(BYTES + 64, ALIGNMENT_BYTES).asSlice(64);
            refused("is at address 0x" + Long.toHexString(memory.address())
                + ": expected a multiple of 4096 bytes, Engine.IMAGE_ALIGNMENT_BYTES", 1, arena -> memory);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void confinedMemoryIsRefusedWhereSeveralThreadsNeedIt(final int bands) {
        try (Arena confined = Arena.ofConfined()) {
            final MemorySegment memory = confined.allocate(BYTES, ALIGNMENT_BYTES).fill((byte) 7);
            // The engine uses no more bands than layers.
            refused("is confined to one thread, but there are 2 bands: expected a shared arena, such as Arena.ofShared()", bands,
                arena -> memory);
            assertEquals(7, memory.get(ValueLayout.JAVA_BYTE, 0), "it was written to");
        }
    }

    @Test
    void anotherThreadsMemoryIsRefused() throws InterruptedException {
        final MemorySegment[] memory = new MemorySegment[1];
        final Thread other = new Thread(() -> memory[0] = Arena.ofConfined().allocate(BYTES, ALIGNMENT_BYTES));
        other.start();
        other.join();
        refused("is confined to another thread: expected memory that this thread may access", 1, arena -> memory[0]);
    }

    @Test
    void theImageIsAlignedAsItIsSaid() {
        try (ImageArena arena = new ImageArena(Arena.ofShared()); Engine engine = Engine.open(NETWORK, new Context().arena(arena))) {
            assertEquals(0, arena.image().address() % Engine.IMAGE_ALIGNMENT_BYTES);
            assertEquals(BYTES, arena.image().byteSize());
            assertTrue(engine.ready());
        }
    }
}
