package org.tickwave.bench.keep;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * State as bytes. An archive either writes or reads. Each method takes the present value, and returns the value that counts from then
 * on: while writing the present one, while reading the one that was written. Arrays are filled in place. For one thread.
 *
 * <p>Sections have names, and arrays have lengths. So an archive that was written in another order is refused and not misread.
 */
public final class Archive {
    /** Most bytes that an archive takes. A JVM may refuse a longer array. */
    public static final int MOST_BYTES = Integer.MAX_VALUE - 8;
    private static final int FIRST_BYTES = 1 << 16;
    private static final int MOST_TEXT_BYTES = 1 << 28;
    private static final int NONE = -1;

    private final boolean reads;
    private final List<Object> shared = new ArrayList<>();
    private ByteBuffer bytes;

    private Archive(final boolean reads, final ByteBuffer bytes) {
        this.reads = reads;
        this.bytes = bytes.order(ByteOrder.LITTLE_ENDIAN);
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

    /** Begins to write anew, in the same memory. */
    public void clear() {
        bytes.clear();
        shared.clear();
    }

    /** Says that everything was read. */
    public void end() {
        if (reads && bytes.hasRemaining()) {
            throw new ArchiveException(bytes.remaining() + " bytes more than expected");
        }
    }

    /** Objects that both sides have, and that {@link #one} refers to. Called in the same order on both sides. */
    public void share(final List<?> objects) {
        shared.addAll(objects);
    }

    private ByteBuffer room(final long count) {
        if (reads) {
            if (bytes.remaining() < count) {
                throw new ArchiveException("its state ends too early");
            }
        } else if (bytes.remaining() < count) {
            bytes = ByteBuffer.allocate(capacity(bytes.capacity(), bytes.position() + count)).order(ByteOrder.LITTLE_ENDIAN).put(bytes.flip());
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

    /** One of the shared objects, by identity; null for none. */
    public <T> T one(final Class<T> type, final T value) {
        int index = NONE;
        for (int i = 0; i < shared.size() && value != null && !reads; i++) {
            index = shared.get(i) == value ? i : index;
        }
        if (index == NONE && value != null && !reads) {
            throw new IllegalStateException(value + " is not shared");
        }
        index = of(index);
        if (index == NONE) {
            return null;
        }
        if (index < 0 || index >= shared.size() || !type.isInstance(shared.get(index))) {
            throw new ArchiveException("its state refers to object " + index + " of " + shared.size());
        }
        return type.cast(shared.get(index));
    }

    private ByteBuffer array(final int length, final int numberBytes) {
        final int found = of(length);
        if (found != length) {
            throw new ArchiveException("its state has " + found + " numbers where " + length + " were expected");
        }
        return room((long) length * numberBytes);
    }

    private void skip(final int count, final int numberBytes) {
        bytes.position(bytes.position() + count * numberBytes);
    }

    public void all(final float[] numbers) {
        final ByteBuffer at = array(numbers.length, Float.BYTES);
        if (reads) {
            at.asFloatBuffer().get(numbers);
        } else {
            at.asFloatBuffer().put(numbers);
        }
        skip(numbers.length, Float.BYTES);
    }

    public void all(final double[] numbers) {
        final ByteBuffer at = array(numbers.length, Double.BYTES);
        if (reads) {
            at.asDoubleBuffer().get(numbers);
        } else {
            at.asDoubleBuffer().put(numbers);
        }
        skip(numbers.length, Double.BYTES);
    }

    public void all(final long[] numbers) {
        final ByteBuffer at = array(numbers.length, Long.BYTES);
        if (reads) {
            at.asLongBuffer().get(numbers);
        } else {
            at.asLongBuffer().put(numbers);
        }
        skip(numbers.length, Long.BYTES);
    }

    public void all(final int[] numbers) {
        final ByteBuffer at = array(numbers.length, Integer.BYTES);
        if (reads) {
            at.asIntBuffer().get(numbers);
        } else {
            at.asIntBuffer().put(numbers);
        }
        skip(numbers.length, Integer.BYTES);
    }

    public void all(final boolean[] values) {
        final ByteBuffer at = array(values.length, Byte.BYTES);
        for (int i = 0; i < values.length; i++) {
            if (reads) {
                values[i] = at.get() != 0;
            } else {
                at.put((byte) (values[i] ? 1 : 0));
            }
        }
    }
}
