package org.tickwave;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import org.tickwave.layout.HeaderCheck;
import org.tickwave.layout.NotesDescriptor;

/**
 * The notes of an image file, as {@link NotesDescriptor} lays them out.
 *
 * @param notes        the notes in the file
 * @param imageBytes   size of the image
 * @param process      id of the writer's process
 * @param processStart when the process began, in milliseconds since 1970; 0 if that is unknown
 * @param created      when the file was made, in milliseconds since 1970
 * @param shape        of the network; null if only the notes were read
 */
record ImageNotes(MemorySegment notes, long imageBytes, long process, long processStart, long created, ImageShape shape) {
    static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT.withOrder(ByteOrder.LITTLE_ENDIAN);
    static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONGS = LONG.varHandle();
    private static final HeaderCheck CHECK = new HeaderCheck("the notes");
    /** A writer changes the numbers for less than a microsecond. A reader that finds them odd so often waits for a dead writer. */
    private static final int TRIES = 1_000;

    /** The notes of a file. */
    private static MemorySegment of(final MemorySegment file) {
        return file.asSlice(file.byteSize() - NotesDescriptor.BYTES, NotesDescriptor.BYTES);
    }

    /**
     * Writes the notes into a file that nobody observes yet.
     *
     * @param file filled with zeros
     */
    static ImageNotes write(final MemorySegment file, final long imageBytes, final ImageShape shape, final WriterProcess writer, final long now) {
        final MemorySegment notes = of(file);
        final long at = NotesDescriptor.shape(imageBytes);
        final byte[] bytes = ShapeBytes.of(shape);
        MemorySegment.copy(bytes, 0, file, ValueLayout.JAVA_BYTE, at, bytes.length);
        notes.set(LONG, NotesDescriptor.MAGIC_OFFSET, NotesDescriptor.MAGIC);
        notes.set(INT, NotesDescriptor.VERSION_OFFSET, NotesDescriptor.VERSION);
        notes.set(LONG, NotesDescriptor.FILE_BYTES_OFFSET, file.byteSize());
        notes.set(LONG, NotesDescriptor.IMAGE_BYTES_OFFSET, imageBytes);
        notes.set(LONG, NotesDescriptor.SHAPE_OFFSET, at);
        notes.set(LONG, NotesDescriptor.SHAPE_BYTES_OFFSET, bytes.length);
        notes.set(LONG, NotesDescriptor.PROCESS_OFFSET, writer.id());
        notes.set(LONG, NotesDescriptor.PROCESS_START_OFFSET, writer.startMs());
        notes.set(LONG, NotesDescriptor.CREATED_OFFSET, now);
        notes.set(INT, NotesDescriptor.LAYERS_OFFSET, shape.layers().size());
        notes.set(INT, NotesDescriptor.PROJECTIONS_OFFSET, shape.projections().size());
        notes.set(INT, NotesDescriptor.HOLD_OFFSET, shape.hold());
        notes.set(INT, NotesDescriptor.LATENCY_OFFSET, shape.latency());
        notes.set(INT, NotesDescriptor.RULE_OFFSET, shape.rule().code());
        notes.set(INT, NotesDescriptor.CRC_OFFSET, crc(notes, file.asSlice(at, bytes.length)));
        final ImageNotes written = new ImageNotes(notes, imageBytes, writer.id(), writer.startMs(), now, shape);
        written.publishRelease(ImageNumbers.UNKNOWN);
        return written;
    }

    private static int crc(final MemorySegment notes, final MemorySegment shape) {
        final CRC32C crc = new CRC32C();
        crc.update(notes.asSlice(0, NotesDescriptor.CRC_OFFSET).asByteBuffer());
        crc.update(notes.asSlice(NotesDescriptor.FILE_BYTES_OFFSET, NotesDescriptor.SEQUENCE_OFFSET - NotesDescriptor.FILE_BYTES_OFFSET).asByteBuffer());
        crc.update(shape.asByteBuffer());
        return (int) crc.getValue();
    }

    /**
     * Reads and checks the notes of a file, and believes nothing.
     *
     * @throws IllegalArgumentException if these are no notes of this version, or if they are damaged; the message names the field
     */
    static ImageNotes read(final MemorySegment file) {
        new HeaderCheck("the file").expect("the length", file.byteSize(), NotesDescriptor.PAGE_BYTES, Long.MAX_VALUE, NotesDescriptor.PAGE_BYTES);
        final ImageNotes notes = readNotes(of(file), file.byteSize());
        final long shapeBytes = notes.notes.get(LONG, NotesDescriptor.SHAPE_BYTES_OFFSET);
        final MemorySegment shape = file.asSlice(NotesDescriptor.shape(notes.imageBytes), shapeBytes);
        final int crc = notes.notes.get(INT, NotesDescriptor.CRC_OFFSET);
        if (crc != crc(notes.notes, shape)) {
            throw CHECK.refused("CRC", "0x" + Integer.toHexString(crc), "0x" + Integer.toHexString(crc(notes.notes, shape)) + ", as the bytes have");
        }
        return new ImageNotes(notes.notes, notes.imageBytes, notes.process, notes.processStart, notes.created, ShapeBytes.read(shape,
            notes.notes.get(INT, NotesDescriptor.LAYERS_OFFSET), notes.notes.get(INT, NotesDescriptor.PROJECTIONS_OFFSET),
            Rule.ofCode(notes.notes.get(INT, NotesDescriptor.RULE_OFFSET)), notes.notes.get(INT, NotesDescriptor.HOLD_OFFSET),
            notes.notes.get(INT, NotesDescriptor.LATENCY_OFFSET)));
    }

    /** Whether these are the notes of an image file, of whatever version. */
    static boolean marked(final MemorySegment notes) {
        return notes.get(LONG, NotesDescriptor.MAGIC_OFFSET) == NotesDescriptor.MAGIC;
    }

    /** Reads the notes without the shape, and checks what they say about the file. Throws as {@link #read} does. */
    static ImageNotes readNotes(final MemorySegment notes, final long fileBytes) {
        if (!marked(notes)) {
            throw CHECK.refused("MAGIC", "0x" + Long.toHexString(notes.get(LONG, NotesDescriptor.MAGIC_OFFSET)),
                "0x" + Long.toHexString(NotesDescriptor.MAGIC) + ", which a whole image file has 256 bytes before its end");
        }
        CHECK.expectSame("VERSION", notes.get(INT, NotesDescriptor.VERSION_OFFSET), NotesDescriptor.VERSION);
        CHECK.expectSame("FILE_BYTES", notes.get(LONG, NotesDescriptor.FILE_BYTES_OFFSET), fileBytes);
        final long imageBytes = notes.get(LONG, NotesDescriptor.IMAGE_BYTES_OFFSET);
        CHECK.expect("IMAGE_BYTES", imageBytes, 1, fileBytes - NotesDescriptor.BYTES, 1);
        CHECK.expectSame("SHAPE", notes.get(LONG, NotesDescriptor.SHAPE_OFFSET), NotesDescriptor.shape(imageBytes));
        final long room = fileBytes - NotesDescriptor.BYTES - NotesDescriptor.shape(imageBytes);
        final long shapeBytes = notes.get(LONG, NotesDescriptor.SHAPE_BYTES_OFFSET);
        CHECK.expect("SHAPE_BYTES", shapeBytes, 0, Math.min(room, Integer.MAX_VALUE), 1);
        final long layers = notes.get(INT, NotesDescriptor.LAYERS_OFFSET);
        CHECK.expect("LAYERS", layers, 2, shapeBytes / NotesDescriptor.LAYER_ENTRY_BYTES, 1);
        CHECK.expect("PROJECTIONS", notes.get(INT, NotesDescriptor.PROJECTIONS_OFFSET), 1,
            (shapeBytes - layers * NotesDescriptor.LAYER_ENTRY_BYTES) / NotesDescriptor.PROJECTION_ENTRY_BYTES, 1);
        CHECK.expect("HOLD", notes.get(INT, NotesDescriptor.HOLD_OFFSET), 1, Integer.MAX_VALUE, 1);
        CHECK.expect("LATENCY", notes.get(INT, NotesDescriptor.LATENCY_OFFSET), 1, Integer.MAX_VALUE, 1);
        CHECK.expect("RULE", notes.get(INT, NotesDescriptor.RULE_OFFSET), -1, Integer.MAX_VALUE, 1);
        final long process = notes.get(LONG, NotesDescriptor.PROCESS_OFFSET);
        final long processStart = notes.get(LONG, NotesDescriptor.PROCESS_START_OFFSET);
        final long created = notes.get(LONG, NotesDescriptor.CREATED_OFFSET);
        CHECK.expect("PROCESS", process, 1, Long.MAX_VALUE, 1);
        CHECK.expect("PROCESS_START", processStart, 0, Long.MAX_VALUE, 1);
        CHECK.expect("CREATED", created, 0, Long.MAX_VALUE, 1);
        return new ImageNotes(notes, imageBytes, process, processStart, created, null);
    }

    WriterProcess writer() {
        return new WriterProcess(process, processStart);
    }

    /** For one thread at a time, of the writer. */
    void publishRelease(final ImageNumbers numbers) {
        final long sequence = (long) LONGS.getOpaque(notes, (long) NotesDescriptor.SEQUENCE_OFFSET);
        LONGS.setOpaque(notes, (long) NotesDescriptor.SEQUENCE_OFFSET, sequence | 1);
        VarHandle.storeStoreFence();
        opaque(NotesDescriptor.BUDGET_OFFSET, Double.doubleToRawLongBits(numbers.budgetNs()));
        opaque(NotesDescriptor.SCHEDULED_OFFSET, Double.doubleToRawLongBits(numbers.scheduledNs()));
        opaque(NotesDescriptor.FRAMES_READ_OFFSET, numbers.framesRead());
        opaque(NotesDescriptor.LATE_FRAMES_OFFSET, numbers.lateFrames());
        opaque(NotesDescriptor.LOSS_LATELY_OFFSET, Double.doubleToRawLongBits(numbers.lossLately()));
        opaque(NotesDescriptor.LOSS_OFFSET, Double.doubleToRawLongBits(numbers.loss()));
        opaque(NotesDescriptor.TICK_OFFSET, Double.doubleToRawLongBits(numbers.tickNs()));
        LONGS.setRelease(notes, (long) NotesDescriptor.SEQUENCE_OFFSET, (sequence | 1) + 1);
    }

    private void opaque(final long at, final long value) {
        LONGS.setOpaque(notes, at, value);
    }

    private long opaque(final long at) {
        return (long) LONGS.getOpaque(notes, at);
    }

    private double number(final long at) {
        return Double.longBitsToDouble(opaque(at));
    }

    /** The numbers of one publication; null if each of many tries found that they were changing. */
    ImageNumbers numbersAcquire() {
        for (int i = 0; i < TRIES; i++) {
            final long sequence = (long) LONGS.getAcquire(notes, (long) NotesDescriptor.SEQUENCE_OFFSET);
            if ((sequence & 1) == 0) {
                final ImageNumbers numbers = new ImageNumbers(number(NotesDescriptor.BUDGET_OFFSET), number(NotesDescriptor.SCHEDULED_OFFSET),
                    opaque(NotesDescriptor.FRAMES_READ_OFFSET), opaque(NotesDescriptor.LATE_FRAMES_OFFSET),
                    number(NotesDescriptor.LOSS_LATELY_OFFSET), number(NotesDescriptor.LOSS_OFFSET), number(NotesDescriptor.TICK_OFFSET));
                VarHandle.loadLoadFence();
                if (opaque(NotesDescriptor.SEQUENCE_OFFSET) == sequence) {
                    return numbers;
                }
            }
            Thread.onSpinWait();
        }
        return null;
    }

    /** When the writer closed the file, in milliseconds since 1970; 0 if it has not. */
    long closedAcquire() {
        return (long) LONGS.getAcquire(notes, (long) NotesDescriptor.CLOSED_OFFSET);
    }

    void closedRelease(final long now) {
        LONGS.setRelease(notes, (long) NotesDescriptor.CLOSED_OFFSET, now);
    }
}
