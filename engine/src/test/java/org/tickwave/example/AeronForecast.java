package org.tickwave.example;

import io.aeron.Aeron;
import io.aeron.Counter;
import io.aeron.ExclusivePublication;
import io.aeron.Publication;
import io.aeron.Subscription;
import io.aeron.logbuffer.BufferClaim;
import io.aeron.logbuffer.ControlledFragmentHandler;
import io.aeron.logbuffer.Header;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentTerminationException;
import org.agrona.concurrent.UnsafeBuffer;
import org.tickwave.Engine;

/**
 * An agent to copy: readings of eight sensors arrive on an Aeron subscription, and a forecast of the next reading leaves on a
 * publication. Each reading gets one answer. An answer is an alarm if its reading was far from its forecast.
 *
 * <p>The agent's thread polls, runs the network and publishes. After its first readings it allocates nothing, except for the
 * exception of a reading that the engine refuses. The answer leaves first; the network learns from the reading after that.
 *
 * <p>A reading has to fit into one fragment (1,376 bytes, unless the driver has another MTU). Put a
 * {@link io.aeron.ControlledFragmentAssembler} in front of this agent if yours does not.
 */
final class AeronForecast implements Agent, ControlledFragmentHandler {
    /** IPC, with terms of 64 KiB: room for some 300 readings or answers that wait. */
    static final String CHANNEL = "aeron:ipc?term-length=64k";
    static final int READINGS_STREAM = 1001;
    static final int ANSWERS_STREAM = 1002;

    /** The sender's number of a reading, and its time by {@link System#nanoTime()}. The answer has the same two. */
    static final int NUMBER_OFFSET = 0;
    static final int AT_OFFSET = NUMBER_OFFSET + Long.BYTES;
    /** In a reading: little-endian float32, as the engine takes them. */
    static final int SENSORS_OFFSET = AT_OFFSET + Long.BYTES;
    static final int SENSORS = 8;
    static final int READING_BYTES = SENSORS_OFFSET + SENSORS * Float.BYTES;

    /** In an answer: {@link #FORECAST}, {@link #ALARM} or {@link #REFUSED}. */
    static final int KIND_OFFSET = AT_OFFSET + Long.BYTES;
    /** The mean squared error of the forecast that was made for this reading, or NaN if there was no such forecast. */
    static final int ERROR_OFFSET = KIND_OFFSET + Integer.BYTES;
    /** The forecast of the next reading. NaN if the reading was refused. */
    static final int FORECAST_OFFSET = ERROR_OFFSET + Float.BYTES;
    static final int ANSWER_BYTES = FORECAST_OFFSET + SENSORS * Float.BYTES;

    static final int FORECAST = 0;
    /** The error is far above its running average: do not trust this reading, nor the forecast that was made from it. */
    static final int ALARM = 1;
    /** The reading has a number that is not good, or the guard refused the answer. */
    static final int REFUSED = 2;

    /** The types of the counters. AeronStat shows them. */
    static final int HELD_BACK = 2001;
    static final int UNHEARD = 2002;
    static final int MALFORMED = 2003;

    private static final int READINGS_A_CYCLE = 10;
    private static final float NONE = Float.NaN;

    private final Engine engine;
    private final int latency;
    private final Subscription readings;
    private final ExclusivePublication answers;
    private final BufferClaim claim = new BufferClaim();
    private final Counter heldBack;
    private final Counter unheard;
    private final Counter malformed;
    private final RunningError average = new RunningError();
    private final float[] forecast = new float[SENSORS];
    private final UnsafeBuffer last = new UnsafeBuffer(new byte[SENSORS * Float.BYTES]);
    /** Whether the last reading is there and was neither refused nor an alarm. */
    private boolean lastIsGood;
    private RuntimeException failure;

    /** @param engine as wide as a reading at both ends; only this agent's thread may call the engine from now on */
    AeronForecast(final Aeron aeron, final Engine engine) {
        this.engine = engine;
        latency = engine.network().latency();
        heldBack = aeron.addCounter(HELD_BACK, "forecast: attempts to answer under back pressure");
        unheard = aeron.addCounter(UNHEARD, "forecast: answers without a subscriber");
        malformed = aeron.addCounter(MALFORMED, "forecast: readings of a wrong length");
        answers = aeron.addExclusivePublication(CHANNEL, ANSWERS_STREAM);
        readings = aeron.addSubscription(CHANNEL, READINGS_STREAM);
    }

    @Override
    public int doWork() {
        final int work = readings.controlledPoll(this, READINGS_A_CYCLE);
        if (failure != null) {
            throw new AgentTerminationException(failure);
        }
        if (readings.isClosed()) {
            throw new AgentTerminationException("the Aeron client is closed");
        }
        return work;
    }

    /** Keeps an exception for {@link #doWork()}, which ends the agent. Aeron would go on to the next reading. */
    @Override
    public Action onFragment(final DirectBuffer buffer, final int index, final int length, final Header header) {
        if (length != READING_BYTES) {
            malformed.incrementRelease();
            return Action.CONTINUE;
        }
        try {
            return onReading(buffer, index);
        } catch (final RuntimeException e) {
            failure = e;
            return Action.ABORT;
        }
    }

    /** Claims room for the answer before the engine sees the reading, so that a reading without room can simply come again. */
    private Action onReading(final DirectBuffer buffer, final int index) {
        final long position = answers.tryClaim(ANSWER_BYTES, claim);
        if (position == Publication.BACK_PRESSURED || position == Publication.ADMIN_ACTION) {
            heldBack.incrementRelease();
            return Action.ABORT;
        }
        if (position == Publication.NOT_CONNECTED) {
            unheard.incrementRelease();             // the network learns all the same
        } else if (position < 0) {
            throw new IllegalStateException("the publication of answers: " + Publication.errorString(position));
        }
        final float error = lastIsGood ? error(buffer, index + SENSORS_OFFSET) : NONE;
        final int kind;
        try {
            kind = !ask(buffer, index + SENSORS_OFFSET) ? REFUSED : average.farBelow(error) ? ALARM : FORECAST;
        } catch (final RuntimeException e) {
            if (position > 0) {
                claim.abort();                      // a claim that is left open blocks the subscribers
            }
            throw e;
        }
        if (position > 0) {
            write(buffer, index, kind, error);
            claim.commit();
        }
        learn(buffer, index + SENSORS_OFFSET, kind);
        return Action.CONTINUE;
    }

    private float error(final DirectBuffer buffer, final int index) {
        float sum = 0;
        for (int s = 0; s < SENSORS; s++) {
            final float off = buffer.getFloat(index + s * Float.BYTES, ByteOrder.LITTLE_ENDIAN) - forecast[s];
            sum += off * off;
        }
        return sum / SENSORS;
    }

    /** Holds the reading until its answer is there. Without a target, the network learns nothing from it yet. */
    private boolean ask(final DirectBuffer buffer, final int index) {
        Arrays.fill(forecast, NONE);
        try {
            engine.input(buffer, index);
        } catch (final IllegalArgumentException e) {
            return false;                           // NaN, or a number that is too large: the engine has taken nothing
        }
        engine.advance(latency);
        if (engine.answeredFrame() == 0) {
            return false;                           // the guard refused the answer
        }
        final MemorySegment output = engine.output();
        for (int s = 0; s < SENSORS; s++) {
            forecast[s] = output.get(ValueLayout.JAVA_FLOAT, (long) s * Float.BYTES);
        }
        return true;
    }

    private void write(final DirectBuffer reading, final int index, final int kind, final float error) {
        final MutableDirectBuffer to = claim.buffer();
        final int at = claim.offset();
        to.putLong(at + NUMBER_OFFSET, reading.getLong(index + NUMBER_OFFSET));
        to.putLong(at + AT_OFFSET, reading.getLong(index + AT_OFFSET));
        to.putInt(at + KIND_OFFSET, kind);
        to.putFloat(at + ERROR_OFFSET, error);
        for (int s = 0; s < SENSORS; s++) {
            to.putFloat(at + FORECAST_OFFSET + s * Float.BYTES, forecast[s], ByteOrder.LITTLE_ENDIAN);
        }
    }

    /** The reading is the target of the reading before. Nothing is learnt from a refused reading or an alarm. */
    private void learn(final DirectBuffer buffer, final int index, final int kind) {
        if (kind == FORECAST && lastIsGood) {
            engine.input(last, 0).target(buffer, index).advance(latency);
        }
        lastIsGood = kind == FORECAST;
        last.putBytes(0, buffer, index, last.capacity());
    }

    @Override
    public void onClose() {
        CloseHelper.closeAll(readings, answers, heldBack, unheard, malformed);
    }

    @Override
    public String roleName() {
        return "forecast";
    }
}
