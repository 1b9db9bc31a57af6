package org.tickwave.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeron.Aeron;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.agrona.concurrent.AgentInvoker;
import org.agrona.concurrent.AgentTerminationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tickwave.Engine;

/** What the agent does under back pressure, without a subscriber, with bad readings, and when the engine fails. */
@Timeout(60)
class AeronForecastTest {
    @TempDir
    private Path temporary;

    private final List<Throwable> errors = new ArrayList<>();
    private MediaDriver driver;
    private Aeron aeron;
    private Engine engine;
    private AgentInvoker agent;
    private FarEnd farEnd;
    private int handled;

    @BeforeEach
    void open() {
        final Path directory = temporary.resolve("aeron");
        driver = MediaDriver.launchEmbedded(new MediaDriver.Context().aeronDirectoryName(directory.toString())
            .dirDeleteOnShutdown(true).threadingMode(ThreadingMode.SHARED));
        aeron = Aeron.connect(new Aeron.Context().aeronDirectoryName(directory.toString()));
        engine = Engine.open(AeronApplication.NETWORK, AeronApplication.context());
        agent = new AgentInvoker(errors::add, null, new AeronForecast(aeron, engine));
        agent.start();
        farEnd = new FarEnd(directory, 10_000);
    }

    @AfterEach
    void close() {
        farEnd.close();
        agent.close();
        engine.close();
        aeron.close();
        driver.close();
    }

    private void send(final int readings) {
        for (int i = 0; i < readings; i++) {
            until(farEnd::send);
        }
    }

    private void until(final BooleanSupplier done) {
        while (!done.getAsBoolean()) {
            if (invoke() + farEnd.take() == 0) {
                Thread.yield();                                     // the driver needs a core too
            }
        }
    }

    private int invoke() {
        final int work = agent.invoke();
        assertEquals(List.of(), errors);
        handled += work;
        return work;
    }

    /** Lets the agent handle every message, and takes every answer. */
    private void finish() {
        until(() -> handled == farEnd.messages());
        while (farEnd.take() > 0) {
            Thread.onSpinWait();
        }
    }

    private void expectAllAnswers() {
        finish();
        assertEquals(farEnd.sent(), farEnd.answered());
        farEnd.expectTheAnswersOfAPlainLoop();
    }

    @Test
    void underBackPressureReadingsWaitAndNoneIsLost() {
        while (farEnd.counter(AeronForecast.HELD_BACK) < 3) {
            farEnd.send();
            invoke();
        }
        while (farEnd.send()) {
            invoke();
        }
        assertEquals(0, farEnd.answered());
        assertTrue(farEnd.sent() > 400, () -> farEnd.sent() + " readings fill both ways");
        expectAllAnswers();
        send(100);
        expectAllAnswers();
        assertEquals(0, farEnd.counter(AeronForecast.UNHEARD));
    }

    @Test
    void aReadingThatIsNotGoodIsAnsweredAndTeachesNothing() {
        send(50);
        until(farEnd::sendBad);
        send(50);
        expectAllAnswers();
        assertEquals(0, engine.guardTrips());
    }

    @Test
    void aMessageThatIsNoReadingIsCounted() {
        send(10);
        until(farEnd::sendMalformed);
        send(10);
        expectAllAnswers();
        assertEquals(1, farEnd.counter(AeronForecast.MALFORMED));
    }

    @Test
    void learnsWhileNobodyListens() {
        send(100);
        expectAllAnswers();
        farEnd.stopListening();
        while (farEnd.counter(AeronForecast.UNHEARD) < 100) {
            farEnd.send();
            invoke();
        }
        while (handled < farEnd.sent()) {
            invoke();
        }
        final int sent = farEnd.sent();
        assertEquals(2 * sent - 1, engine.frames(), "each reading was asked, and each but the first was a target");
        farEnd.listen();
        send(100);
        finish();
        assertEquals(100, farEnd.answeredFrom(sent));
        farEnd.expectTheAnswersOfAPlainLoop();
    }

    @Test
    void aFailedEngineEndsTheAgent() {
        send(10);
        expectAllAnswers();
        engine.close();
        until(farEnd::send);
        while (agent.isRunning() && agent.invoke() == 0) {
            Thread.yield();
        }
        assertEquals(1, errors.size(), errors::toString);
        assertInstanceOf(AgentTerminationException.class, errors.getFirst());
        assertEquals("the engine is closed", errors.getFirst().getCause().getMessage());
        assertEquals(10, farEnd.answered());
        assertFalse(aeron.isClosed());
    }
}
