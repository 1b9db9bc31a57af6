package org.tickwave.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeron.Aeron;
import io.aeron.ExclusivePublication;
import io.aeron.Publication;
import io.aeron.Subscription;
import io.aeron.logbuffer.BufferClaim;
import io.aeron.logbuffer.FragmentHandler;
import io.aeron.logbuffer.Header;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import org.HdrHistogram.Histogram;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.tickwave.Engine;

/** Sends readings to {@link AeronForecast}, takes its answers, and knows which answers are right. */
final class FarEnd implements FragmentHandler, AutoCloseable {
    private static final int FIRST_DISTURBED = 5_000;
    private static final int DISTURBED_EVERY = 1_777;

    final Histogram latencyNs = new Histogram(3);
    private final BitSet bad = new BitSet();
    private final BitSet answered = new BitSet();
    private final int[] kinds;
    private final float[] errors;
    private final float[] forecasts;
    private final Aeron aeron;
    private final ExclusivePublication readings;
    private final BufferClaim claim = new BufferClaim();
    private Subscription answers;
    private int sent;
    private int malformed;
    private int last = -1;

    FarEnd(final Path directory, final int capacity) {
        kinds = new int[capacity];
        errors = new float[capacity];
        forecasts = new float[capacity * AeronForecast.SENSORS];
        aeron = Aeron.connect(new Aeron.Context().aeronDirectoryName(directory.toString()));
        readings = aeron.addExclusivePublication(AeronForecast.CHANNEL, AeronForecast.READINGS_STREAM);
        listen();
    }

    /** Subscribes to the answers, and waits for both ends to be connected. */
    void listen() {
        answers = aeron.addSubscription(AeronForecast.CHANNEL, AeronForecast.ANSWERS_STREAM);
        while (!answers.isConnected() || !readings.isConnected()) {
            Thread.yield();
        }
    }

    /**
     * Ends the subscription. The driver looks at the positions of subscribers only now and then, so the next subscription may begin with
     * answers that this one has taken.
     */
    void stopListening() {
        answers.close();
        last = -1;
    }

    int sent() {
        return sent;
    }

    /** Readings that were sent, and messages that are none. */
    int messages() {
        return sent + malformed;
    }

    int answered() {
        return answered.cardinality();
    }

    /** Answers to the readings from this number on. */
    int answeredFrom(final int number) {
        return answered.get(number, sent).cardinality();
    }

    /** Sends the next reading if there is room, and says whether there was. */
    boolean send() {
        if (!claim(AeronForecast.READING_BYTES)) {
            return false;
        }
        final MutableDirectBuffer to = claim.buffer();
        final int at = claim.offset();
        for (int s = 0; s < AeronForecast.SENSORS; s++) {
            to.putFloat(at + AeronForecast.SENSORS_OFFSET + s * Float.BYTES, sensor(sent, s), ByteOrder.LITTLE_ENDIAN);
        }
        to.putLong(at + AeronForecast.NUMBER_OFFSET, sent);
        to.putLong(at + AeronForecast.AT_OFFSET, System.nanoTime());
        claim.commit();
        sent++;
        return true;
    }

    /** Sends a reading with a NaN if there is room, and says whether there was. */
    boolean sendBad() {
        bad.set(sent);
        return send();
    }

    /** Sends a message that is no reading, if there is room, and says whether there was. */
    boolean sendMalformed() {
        if (!claim(AeronForecast.READING_BYTES - 1)) {
            return false;
        }
        claim.commit();
        malformed++;
        return true;
    }

    private boolean claim(final int bytes) {
        final long position = readings.tryClaim(bytes, claim);
        assertTrue(position > 0 || position == Publication.BACK_PRESSURED || position == Publication.ADMIN_ACTION,
            () -> Publication.errorString(position));
        return position > 0;
    }

    /** Takes answers that are there, and says how many. */
    int take() {
        return answers.poll(this, 10);
    }

    @Override
    public void onFragment(final DirectBuffer from, final int index, final int length, final Header header) {
        final long nowNs = System.nanoTime();
        assertEquals(AeronForecast.ANSWER_BYTES, length);
        final int number = (int) from.getLong(index + AeronForecast.NUMBER_OFFSET);
        assertTrue(number > last, "answer " + number + " after " + last);
        last = number;
        answered.set(number);
        latencyNs.recordValue(nowNs - from.getLong(index + AeronForecast.AT_OFFSET));
        kinds[number] = from.getInt(index + AeronForecast.KIND_OFFSET);
        errors[number] = from.getFloat(index + AeronForecast.ERROR_OFFSET);
        for (int s = 0; s < AeronForecast.SENSORS; s++) {
            forecasts[number * AeronForecast.SENSORS + s] =
                from.getFloat(index + AeronForecast.FORECAST_OFFSET + s * Float.BYTES, ByteOrder.LITTLE_ENDIAN);
        }
    }

    /** The value of the application's counter of this type, as any process can read it. */
    long counter(final int type) {
        final long[] value = {-1};
        aeron.countersReader().forEach((id, ofType, key, label) -> {
            if (ofType == type) {
                value[0] = aeron.countersReader().getCounterValue(id);
            }
        });
        return value[0];
    }

    /** Waves of four frequencies with noise. In a few readings one sensor is far off. */
    private float sensor(final int i, final int s) {
        if (bad.get(i) && s == AeronForecast.SENSORS - 1) {
            return Float.NaN;
        }
        final float wave = (float) Math.sin(.05 * i * (s % 4 + 1) + s) + noise((long) i * AeronForecast.SENSORS + s);
        return disturbed(i) && s == i % AeronForecast.SENSORS ? wave + 1.5f : wave;
    }

    static boolean disturbed(final int i) {
        return i >= FIRST_DISTURBED && i % DISTURBED_EVERY == 0;
    }

    /** Without noise no error would be ordinary. From -.02 to .02. */
    private static float noise(final long i) {
        final long mixed = (i + 1) * 0x9E3779B97F4A7C15L;
        return (((mixed ^ mixed >>> 29) * 0xBF58476D1CE4E5B9L >>> 40) * 0x1p-24f - .5f) * .04f;
    }

    /** Compares all answers that came with those of an engine that a loop ticks, and the alarms with the disturbances. */
    void expectTheAnswersOfAPlainLoop() {
        final float[] before = new float[AeronForecast.SENSORS];
        final float[] reading = new float[AeronForecast.SENSORS];
        final float[] forecast = new float[AeronForecast.SENSORS];
        boolean good = false;
        try (Engine engine = Engine.open(AeronApplication.NETWORK, AeronApplication.context())) {
            for (int i = 0; i < sent; i++) {
                for (int s = 0; s < reading.length; s++) {
                    reading[s] = sensor(i, s);
                }
                final int kind = bad.get(i) ? AeronForecast.REFUSED : disturbed(i) ? AeronForecast.ALARM : AeronForecast.FORECAST;
                final float error = good ? meanSquare(reading, forecast) : Float.NaN;
                ask(engine, reading, kind, forecast);
                if (answered.get(i)) {
                    assertEquals(kind, kinds[i], "kind of answer " + i);
                    assertEquals(error, errors[i], "error of answer " + i);
                    for (int s = 0; s < forecast.length; s++) {
                        assertEquals(forecast[s], forecasts[i * forecast.length + s], "answer " + i + ", sensor " + s);
                    }
                }
                if (good && kind == AeronForecast.FORECAST) {
                    engine.input(before).target(reading);
                    ticks(engine);
                }
                good = kind == AeronForecast.FORECAST;
                System.arraycopy(reading, 0, before, 0, before.length);
            }
        }
    }

    private static void ask(final Engine engine, final float[] reading, final int kind, final float[] forecast) {
        if (kind == AeronForecast.REFUSED) {
            Arrays.fill(forecast, Float.NaN);
            return;
        }
        engine.input(reading);
        ticks(engine);
        assertEquals(engine.frames(), engine.answeredFrame());
        for (int s = 0; s < forecast.length; s++) {
            forecast[s] = engine.output().get(ValueLayout.JAVA_FLOAT, (long) s * Float.BYTES);
        }
    }

    private static void ticks(final Engine engine) {
        for (int t = 0; t < AeronApplication.NETWORK.layers(); t++) {
            engine.tick();
        }
    }

    private static float meanSquare(final float[] reading, final float[] forecast) {
        float sum = 0;
        for (int s = 0; s < reading.length; s++) {
            sum += (reading[s] - forecast[s]) * (reading[s] - forecast[s]);
        }
        return sum / reading.length;
    }

    /** Alarms that came. */
    int alarms() {
        return (int) answered.stream().filter(i -> kinds[i] == AeronForecast.ALARM).count();
    }

    /** The mean error of the last thousand forecasts, over that of taking the present reading for the next one. */
    double lossOfNoChange() {
        double error = 0;
        double noChange = 0;
        for (int i = sent - 1_000; i < sent; i++) {
            if (kinds[i] == AeronForecast.FORECAST && !Float.isNaN(errors[i])) {
                error += errors[i];
                for (int s = 0; s < AeronForecast.SENSORS; s++) {
                    noChange += Math.pow(sensor(i, s) - sensor(i - 1, s), 2) / AeronForecast.SENSORS;
                }
            }
        }
        return error / noChange;
    }

    @Override
    public void close() {
        CloseHelper.closeAll(answers, readings, aeron);
    }
}
