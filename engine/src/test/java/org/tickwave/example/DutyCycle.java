package org.tickwave.example;

import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.HdrHistogram.Histogram;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.tickwave.Engine;

/**
 * An application: sensor readings come in through one ring buffer, and commands go out through another. In between a network
 * learns to predict a slow sensor from eight quick ones. Everything runs on one thread, message by message, and copies only
 * into the image.
 *
 * <p>The network holds a message for as many ticks as it takes to the answer, so its answer is there before the next message.
 */
final class DutyCycle implements Agent, MessageHandler {
    static final int TYPE = 1;
    /** The time of a reading, by {@link System#nanoTime()}; in a command, the time of the reading that it answers. */
    static final int AT_OFFSET = 0;
    static final int FRAME_OFFSET = AT_OFFSET + Long.BYTES;
    static final int SENSORS = 8;
    static final int TARGET_OFFSET = FRAME_OFFSET + SENSORS * Float.BYTES;
    static final int READING_BYTES = TARGET_OFFSET + Float.BYTES;
    static final int COMMAND_OFFSET = AT_OFFSET + Long.BYTES;
    static final int COMMAND_BYTES = COMMAND_OFFSET + Float.BYTES;

    private static final int MESSAGES_A_CYCLE = 10;
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final OneToOneRingBuffer readings;
    private final OneToOneRingBuffer commands;
    private final Engine engine;
    private final int latency;
    private final Histogram latencyNs;
    private long lost;

    /** @param latencyNs gets the time from a reading to its command; this agent's thread writes it */
    DutyCycle(
        final OneToOneRingBuffer readings, final OneToOneRingBuffer commands, final Engine engine, final Histogram latencyNs) {
        this.readings = readings;
        this.commands = commands;
        this.engine = engine;
        this.latencyNs = latencyNs;
        latency = engine.network().latency();
    }

    // README begin
    @Override
    public int doWork() {
        return readings.read(this, MESSAGES_A_CYCLE);
    }

    @Override
    public void onMessage(final int type, final MutableDirectBuffer ring, final int index, final int length) {
        engine.input(ring, index + FRAME_OFFSET).target(ring, index + TARGET_OFFSET).advance(latency);
        if (engine.answeredFrame() > 0) {           // 0: the guard refused the answer
            act(ring.getLong(index + AT_OFFSET), engine.output().get(FLOAT, 0));
        }
    }
    // README end

    private void act(final long readingNs, final float answer) {
        final int index = commands.tryClaim(TYPE, COMMAND_BYTES);
        if (index < 0) {
            lost++;                 // nobody listens
            return;
        }
        commands.buffer().putLong(index + AT_OFFSET, readingNs);
        commands.buffer().putFloat(index + COMMAND_OFFSET, answer);
        latencyNs.recordValue(System.nanoTime() - readingNs);
        commands.commit(index);
    }

    /** Commands for which the ring buffer had no room. To be read after the end. */
    long lost() {
        return lost;
    }

    @Override
    public String roleName() {
        return "duty-cycle";
    }
}
