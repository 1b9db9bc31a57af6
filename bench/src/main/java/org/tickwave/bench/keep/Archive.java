package org.tickwave.bench.keep;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * State as bytes. An archive either writes or reads. Each method takes the present value, and returns the value that counts from then
 * on: while writing the present one, while reading the one that was written. Arrays are filled in place. For one thread at a time.
 *
 * <p>Sections have names, and arrays have lengths. So an archive that was written in another order is refused and not misread.
 *
 * <p>Where an archive has its room, and texts are ASCII, its methods {@code of}, {@code all}, {@code text} and {@code one} write without allocating.
 */
public final class Archive {
    /** Most bytes that an archive takes. A JVM may refuse a longer array. */
    public static final int MOST_BYTES = Integer.MAX_VALUE - 8;
    private static final int FIRST_BYTES = 1 << 16;
    private static final int MOST_TEXT_BYTES = 1 << 28;
    private static final int NONE = -1;
    private static final char MOST_ASCII = 0x7f;
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfDouble DOUBLE = ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final boolean reads;
    private List<?> shared = List.of();
    private final Map<Object, Integer> places = new IdentityHashMap<>();
    private ByteBuffer bytes;
    /** The memory of {@link #bytes}. */
    private MemorySegment memory;

    private Archive(final boolean reads, final ByteBuffer bytes) {
        this.reads = reads;
        this.bytes = bytes.order(ByteOrder.LITTLE_ENDIAN);
        memory = MemorySegment.ofArray(bytes.array());
    }

    /** An archive that writes. */
    public static Archive writing() {
        return new Archive(false, ByteBuffer.allocate(FIRST_BYTES));
    }

    /** An archive that reads what another has written. */
    public static Archive reading(final byte[] written) {
        return new Archive(true, ByteBuffer.wrap(written));
    }

    public boolean reads() {
        return reads;
    }

    /** What was written. */
    public byte[] written() {
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    /** Adds what another archive has written. */
    public void add(final Archive written) {
        room(written.bytes.position()).put(written.bytes.array(), 0, written.bytes.position());
    }

    /** Begins to write anew, in the same memory. */
    public void clear() {
        bytes.clear();
    }

    /** Says that everything was read. */
    public void end() {
        if (reads && bytes.hasRemaining()) {
            throw new ArchiveException(bytes.remaining() + " bytes more than expected");
        }
    }

    /** Objects that both sides have, and that {@link #one} refers to, in place of those before. The list must not change. */
    public void share(final List<?> objects) {
        if (objects == shared) {
            return;
        }
        shared = objects;
        places.clear();
        for (int i = 0; i < objects.size(); i++) {
            places.put(objects.get(i), i);
        }
    }

    private ByteBuffer room(final long count) {
        if (reads) {
            if (bytes.remaining() < count) {
                throw new ArchiveException("its state ends too early");
            }
        } else if (bytes.remaining() < count) {
            bytes = ByteBuffer.allocate(capacity(bytes.capacity(), bytes.position() + count)).order(ByteOrder.LITTLE_ENDIAN).put(bytes.flip());
            memory = MemorySegment.ofArray(bytes.array());
        }
        return bytes;
    }

    /** A capacity for so many bytes, and for more of them. */
    static int capacity(final int present, final long needed) {
        if (needed > MOST_BYTES) {
            throw new IllegalStateException("a state of " + needed + " bytes: expected at most " + MOST_BYTES);
        }
        return (int) Math.min(Math.max(2L * present, needed), MOST_BYTES);
    }

    /** Begins a section. */
    public void section(final String name) {
        final String found = text(name);
        if (!name.equals(found)) {
            throw new ArchiveException("its state has \"" + found + "\" where \"" + name + "\" was expected");
        }
    }

    public long of(final long value) {
        final ByteBuffer at = room(Long.BYTES);
        if (reads) {
            return at.getLong();
        }
        at.putLong(value);
        return value;
    }

    public int of(final int value) {
        final ByteBuffer at = room(Integer.BYTES);
        if (reads) {
            return at.getInt();
        }
        at.putInt(value);
        return value;
    }

    public boolean of(final boolean value) {
        return of(value ? 1 : 0) != 0;
    }

    public double of(final double value) {
        return Double.longBitsToDouble(of(Double.doubleToRawLongBits(value)));
    }

    /** @param value null for none */
    public String text(final String value) {
        if (!reads && value != null && value.length() <= MOST_TEXT_BYTES && ascii(value)) {
            final ByteBuffer at = room(Integer.BYTES + (long) value.length());
            at.putInt(value.length());
            for (int i = 0; i < value.length(); i++) {
                at.put((byte) value.charAt(i));
            }
            return value;
        }
        final byte[] coded = value == null ? null : value.getBytes(StandardCharsets.UTF_8);
        final int length = of(coded == null ? NONE : coded.length);
        if (length == NONE) {
            return null;
        }
        if (length < 0 || length > MOST_TEXT_BYTES) {
            throw new ArchiveException("its state has a text of " + length + " bytes");
        }
        final ByteBuffer at = room(length);
        if (!reads) {
            at.put(coded);
            return value;
        }
        final byte[] read = new byte[length];
        at.get(read);
        return new String(read, StandardCharsets.UTF_8);
    }

    private static boolean ascii(final String value) {
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) > MOST_ASCII) {
                return false;
            }
        }
        return true;
    }

    /** One of the shared objects, by identity; null for none. */
    public <T> T one(final Class<T> type, final T value) {
        final Integer place = value == null || reads ? null : places.get(value);
        if (place == null && value != null && !reads) {
            throw new IllegalStateException(value + " is not shared");
        }
        final int index = of(place == null ? NONE : place);
        if (index == NONE) {
            return null;
        }
        if (index < 0 || index >= shared.size() || !type.isInstance(shared.get(index))) {
            throw new ArchiveException("its state refers to object " + index + " of " + shared.size());
        }
        return type.cast(shared.get(index));
    }

    /** Room for an array. Returns where it begins, and stands behind it. */
    private int array(final int length, final int numberBytes) {
        final int found = of(length);
        if (found != length) {
            throw new ArchiveException("its state has " + found + " numbers where " + length + " were expected");
        }
        final ByteBuffer at = room((long) length * numberBytes);
        final int place = at.position();
        at.position(place + length * numberBytes);
        return place;
    }

    public void all(final float[] numbers) {
        final int at = array(numbers.length, Float.BYTES);
        if (reads) {
            MemorySegment.copy(memory, FLOAT, at, numbers, 0, numbers.length);
        } else {
            MemorySegment.copy(numbers, 0, memory, FLOAT, at, numbers.length);
        }
    }

    public void all(final double[] numbers) {
        final int at = array(numbers.length, Double.BYTES);
        if (reads) {
            MemorySegment.copy(memory, DOUBLE, at, numbers, 0, numbers.length);
        } else {
            MemorySegment.copy(numbers, 0, memory, DOUBLE, at, numbers.length);
        }
    }

    public void all(final long[] numbers) {
        final int at = array(numbers.length, Long.BYTES);
        if (reads) {
            MemorySegment.copy(memory, LONG, at, numbers, 0, numbers.length);
        } else {
            MemorySegment.copy(numbers, 0, memory, LONG, at, numbers.length);
        }
    }

    public void all(final int[] numbers) {
        final int at = array(numbers.length, Integer.BYTES);
        if (reads) {
            MemorySegment.copy(memory, INT, at, numbers, 0, numbers.length);
        } else {
            MemorySegment.copy(numbers, 0, memory, INT, at, numbers.length);
        }
    }

    public void all(final boolean[] values) {
        final int at = array(values.length, Byte.BYTES);
        for (int i = 0; i < values.length; i++) {
            if (reads) {
                values[i] = bytes.get(at + i) != 0;
            } else {
                bytes.put(at + i, (byte) (values[i] ? 1 : 0));
            }
        }
    }
}
