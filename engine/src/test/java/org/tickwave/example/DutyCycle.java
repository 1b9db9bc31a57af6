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
 * An application: readings come in one ring, commands go out by another, and in between a network learns to tell, from eight
 * quick sensors, what a slow one says. All of it on one thread, a message at a time, nothing copied but into the image.
 *
 * <p>A message is held for as many ticks as there are layers, so that the answer to it is there before the next one is read.
 */
final class DutyCycle implements Agent, MessageHandler {
    static final int TYPE = 1;
    /** When a reading was taken, by {@link System#nanoTime()}; in a command, when that was that it answers. */
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
    private final int layers;
    private final Histogram latencyNs;
    private long lost;

    /** @param latencyNs gets the time from a reading to its command; this agent's thread writes it */
    DutyCycle(
        final OneToOneRingBuffer readings, final OneToOneRingBuffer commands, final Engine engine, final Histogram latencyNs) {
        this.readings = readings;
        this.commands = commands;
        this.engine = engine;
        this.latencyNs = latencyNs;
        layers = engine.network().layers();
    }

    // README begin
    @Override
    public int doWork() {
        return readings.read(this, MESSAGES_A_CYCLE);
    }

    @Override
    public void onMessage(final int type, final MutableDirectBuffer ring, final int index, final int length) {
        engine.input(ring, index + FRAME_OFFSET).target(ring, index + TARGET_OFFSET).advance(layers);
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

    /** Commands that found no room; for after the end. */
    long lost() {
        return lost;
    }

    @Override
    public String roleName() {
        return "duty-cycle";
    }
}
