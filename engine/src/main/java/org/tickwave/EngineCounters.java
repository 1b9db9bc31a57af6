package org.tickwave;

import java.nio.ByteOrder;
import java.util.Objects;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.status.CountersReader;

/**
 * The Agrona counters of an engine: their type ids and their key. {@link Context#counters} turns them on. Another process that maps the
 * counters can find them with {@link #find}, or with nothing but the numbers in this class.
 *
 * <p>The key is the same in all four: an int32 with the length of the engine's name in bytes, little-endian, then the name in ASCII. The
 * label is the name, a colon and what is counted, for example {@code camera: guard trips}.
 *
 * {@snippet lang=java :
 * long ticks = counters.getCounterValue(EngineCounters.find(counters, EngineCounters.TICKS, "camera"));
 * }
 */
public final class EngineCounters {
    /** Type id {@value}: the ticks that the source has committed, as {@link Engine#ticks()} returns them. */
    public static final int TICKS = 8401;
    /** Type id {@value}: the frames that were taken, as {@link Engine#frames()} returns them. */
    public static final int FRAMES = 8402;
    /**
     * Type id {@value}: the vectors that the guard has refused since {@link Engine#open}. Unlike {@link Engine#guardTrips()}, this number
     * never decreases.
     */
    public static final int TRIPS = 8403;
    /** Type id {@value}: how often a call has thrown a {@link BandStalledException}. */
    public static final int STALLS = 8404;

    private EngineCounters() {
    }

    static void key(final String engine, final MutableDirectBuffer key) {
        key.putInt(0, engine.length(), ByteOrder.LITTLE_ENDIAN);
        key.putStringWithoutLengthAscii(Integer.BYTES, engine);
    }

    /**
     * Finds a counter of an open engine. Any process may call this method that has mapped the counters.
     *
     * @param reader of the buffers of the embedder's manager
     * @param typeId {@link #TICKS}, {@link #FRAMES}, {@link #TRIPS} or {@link #STALLS}
     * @param engine the name of the engine: see {@link Context#name}
     * @return the id of the counter; the first one if several engines have this name; {@link CountersReader#NULL_COUNTER_ID}, which is -1,
     *         if there is no such counter
     */
    public static int find(final CountersReader reader, final int typeId, final String engine) {
        Objects.requireNonNull(reader, "reader");
        Objects.requireNonNull(engine, "engine");
        final int[] found = {CountersReader.NULL_COUNTER_ID};
        reader.forEach((counter, type, key, label) -> {
            if (found[0] < 0 && type == typeId && named(key, engine)) {
                found[0] = counter;
            }
        });
        return found[0];
    }

    private static boolean named(final DirectBuffer key, final String engine) {
        final int bytes = key.getInt(0, ByteOrder.LITTLE_ENDIAN);
        return bytes == engine.length() && bytes <= key.capacity() - Integer.BYTES
            && key.getStringWithoutLengthAscii(Integer.BYTES, bytes).equals(engine);
    }
}
