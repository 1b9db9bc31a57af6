package org.tickwave;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tickwave.keep.CheckpointStore;
import org.tickwave.keep.ImageCopy;

/**
 * Whatever happens to any one operation of the disk, and whatever a crash leaves of what was not forced: the reader finds the last
 * checkpoint that was acknowledged, a newer one, or the one before; and goes on to write.
 */
class CheckpointCrashTest {
    private static final Path FILE = Path.of("/d/keep");
    private static final int CHECKPOINTS = 4;
    /** Operations of a write when there is no newest file. */
    private static final int LEAST_OPERATIONS = 6;
    /** A section that takes several writes. */
    private static final int LARGE_BYTES = 2_500_000;

    private final Network network = Network.chain(1, 1).build();
    private final Engine engine = Engine.open(network, new Context());
    private final Checkpoint checkpoint = new Checkpoint(network, new Context());
    private final Map<FaultyDisk.Fault, Integer> seen = new EnumMap<>(FaultyDisk.Fault.class);

    @BeforeEach
    void fill() {
        engine.checkpoint(checkpoint);
    }

    @AfterEach
    void close() {
        checkpoint.close();
        engine.close();
    }

    private void write(final CheckpointStore store, final int number) throws IOException {
        checkpoint.put("number", ByteBuffer.allocate(Integer.BYTES).putInt(0, number).array());
        store.write(checkpoint.copy);
    }

    private static int read(final CheckpointStore store) throws IOException {
        try (ImageCopy copy = store.read()) {
            return ByteBuffer.wrap(copy.added().get("number")).getInt();
        }
    }

    /** Writes checkpoints from a number on. Returns the last one that was acknowledged. */
    private int write(final FaultyDisk disk, final int from, final int to, final int acknowledgedBefore) {
        final CheckpointStore store = new CheckpointStore(disk, FILE);
        int acknowledged = acknowledgedBefore;
        try {
            for (int number = from; number <= to; number++) {
                try {
                    write(store, number);
                    acknowledged = number;
                } catch (final IOException e) {
                    assertTrue(e.getMessage().startsWith(FILE + ": cannot be written: "), e.getMessage());
                }
            }
        } catch (final FaultyDisk.Crash e) {
            // The test looks at what is left.
        }
        return acknowledged;
    }

    private int operations(final int checkpoints) {
        final FaultyDisk disk = new FaultyDisk();
        disk.fail(FaultyDisk.Fault.NONE, -1);
        assertEquals(checkpoints, write(disk, 1, checkpoints, 0));
        return disk.operations();
    }

    /** Calls back with every state that a crash can leave. */
    private static List<FaultyDisk> crashes(final FaultyDisk disk) {
        final List<FaultyDisk> all = new ArrayList<>();
        for (int kept = 0; kept < 1 << disk.changes(); kept++) {
            for (int writes = 0; writes < 4; writes++) {
                all.add(disk.afterCrash(kept, writes));
            }
        }
        return all;
    }

    @Test
    void everyFaultOfEveryOperationLeavesTheLastCheckpointOrTheOneBefore() throws IOException {
        final int operations = operations(CHECKPOINTS);
        for (final FaultyDisk.Fault fault : FaultyDisk.Fault.values()) {
            for (int k = 0; k < operations; k++) {
                final FaultyDisk disk = new FaultyDisk();
                disk.fail(fault, k);
                final int acknowledged = write(disk, 1, CHECKPOINTS, 0);
                if (disk.done() || fault == FaultyDisk.Fault.NONE) {
                    seen.merge(fault, 1, Integer::sum);
                    for (final FaultyDisk left : crashes(disk)) {
                        expect(left, acknowledged, fault + " of operation " + k);
                    }
                }
            }
        }
        assertEquals(FaultyDisk.Fault.values().length, seen.size(), seen::toString);
    }

    /** A fault that nobody sees at once: the machine stops while a later checkpoint is written. */
    @Test
    void aFaultThatNobodySeesIsSurvivedWhenTheMachineStopsLater() throws IOException {
        final int operations = operations(CHECKPOINTS);
        for (final FaultyDisk.Fault fault : List.of(FaultyDisk.Fault.UNFORCED, FaultyDisk.Fault.DROPPED, FaultyDisk.Fault.FLIPPED)) {
            for (int k = 0; k < operations; k++) {
                final FaultyDisk disk = new FaultyDisk();
                disk.fail(fault, k);
                final CheckpointStore store = new CheckpointStore(disk, FILE);
                int number = 0;
                while (!disk.done() && number < CHECKPOINTS) {
                    write(store, ++number);
                }
                for (final FaultyDisk left : crashes(disk)) {
                    expect(left, number, fault + " of operation " + k);
                }
            }
        }
    }

    /** What is there is good. Then the program goes on, and the machine stops again at every operation of the next write. */
    private void expect(final FaultyDisk left, final int acknowledged, final String what) throws IOException {
        final CheckpointStore store = new CheckpointStore(left, FILE);
        int found = 0;
        if (acknowledged >= 2 || store.exists()) {
            try {
                found = read(store);
            } catch (final IOException e) {
                assertTrue(acknowledged <= 1, what + ": " + e.getMessage());
            }
        }
        assertTrue(found >= acknowledged - 1, what + ": checkpoint " + found + " after " + acknowledged);
        if (found > 0) {
            left.fail(FaultyDisk.Fault.CRASH, (found * 31 + what.length()) % LEAST_OPERATIONS);
            assertThrows(FaultyDisk.Crash.class, () -> write(store, 100), what);
            for (final FaultyDisk again : crashes(left)) {
                final int next = read(new CheckpointStore(again, FILE));
                assertTrue(next == found || next == 100 || next == found - 1 && store.refused() == null, what + ": then " + next);
                final CheckpointStore after = new CheckpointStore(again, FILE);
                write(after, 101);
                assertEquals(101, read(after), what);
            }
        }
    }

    /** Bytes of several writes are in order: a lost one in the middle is found. */
    @Test
    void aLostWriteInTheMiddleOfAFileIsFound() throws IOException {
        final byte[] large = new byte[LARGE_BYTES];
        new Random(1).nextBytes(large);
        checkpoint.put("large", large);
        final int operations = operations(1);
        assertTrue(operations >= 8, operations + " operations");
        int dropped = 0;
        for (int k = 0; k < operations; k++) {
            final FaultyDisk disk = new FaultyDisk();
            final CheckpointStore store = new CheckpointStore(disk, FILE);
            write(store, 1);
            disk.fail(FaultyDisk.Fault.DROPPED, k);
            write(store, 2);
            if (disk.done()) {
                dropped++;
                final CheckpointStore reader = new CheckpointStore(disk, FILE);
                assertEquals(1, read(reader));
                assertTrue(reader.refused().startsWith(FILE + ": "), reader.refused());
            }
        }
        assertTrue(dropped >= 4, dropped + " writes");
    }

    /** The temporary file of a full disk is removed, so that others have room. */
    @Test
    void aFullDiskLeavesTheCheckpointsAndNoTemporaryFile() throws IOException {
        final FaultyDisk disk = new FaultyDisk();
        final CheckpointStore store = new CheckpointStore(disk, FILE);
        write(store, 1);
        disk.fail(FaultyDisk.Fault.FULL, 1);
        assertEquals("/d/keep: cannot be written: No space left on device",
            assertThrows(IOException.class, () -> write(store, 2)).getMessage());
        assertEquals(false, disk.exists(Path.of("/d/keep.tmp")));
        assertEquals(1, read(store));
        write(store, 3);
        assertEquals(3, read(store));
    }

    /** A bad newest file never takes the place of the only good one. */
    @Test
    void aBadNewestFileIsNotKept() throws IOException {
        final FaultyDisk disk = new FaultyDisk();
        final CheckpointStore store = new CheckpointStore(disk, FILE);
        write(store, 1);
        write(store, 2);
        disk.put(FILE, new byte[100]);
        final CheckpointStore later = new CheckpointStore(disk, FILE);
        assertEquals(1, read(later));
        write(later, 3);
        disk.put(FILE, new byte[100]);
        assertEquals(1, read(new CheckpointStore(disk, FILE)));
    }
}
