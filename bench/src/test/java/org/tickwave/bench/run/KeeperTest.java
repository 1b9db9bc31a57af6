package org.tickwave.bench.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tickwave.bench.setup.RunFailure;

/** What a run does around its checkpoints. */
class KeeperTest {
    private final List<String> said = new ArrayList<>();
    private final KeepFailures failures = new KeepFailures("keep", said::add);

    /** Copies of a large network take long, so two are enough. */
    @ParameterizedTest
    @CsvSource({"1000,20", "10000000,20", "50000000,4", "150000000,2", "60000000000,2"})
    void thePracticeEndsAfterItsTime(final long copyNs, final int expected) throws IOException {
        final AtomicLong nowNs = new AtomicLong(Long.MAX_VALUE - 7);
        final AtomicLong copies = new AtomicLong();
        Keeper.practise(() -> {
            copies.incrementAndGet();
            nowNs.addAndGet(copyNs);
        }, 20, 200_000_000, nowNs::get);
        assertEquals(expected, copies.get());
    }

    @Test
    void anInternalErrorIsSaidWithItsStackTrace() {
        failures.failed(new IllegalStateException("oops", new IOException("below")));
        assertEquals(1, said.size());
        final String text = said.getFirst();
        assertTrue(text.startsWith("tickwave run: --checkpoint keep: java.lang.IllegalStateException: oops; the run goes on, and tries again\n"), text);
        assertTrue(text.contains("\tat " + KeeperTest.class.getName()), text);
        assertTrue(text.contains("Caused by: java.io.IOException: below"), text);
    }

    @Test
    void aFailureIsSaidAgainOnlyIfItDiffers() {
        failures.failed(new IOException("keep: no space"));
        failures.failed(new IOException("keep: no space"));
        assertEquals(List.of("tickwave run: --checkpoint keep: no space; the run goes on, and tries again"), said);
        failures.failed(new ExecutionException(new IOException("broken")));
        assertEquals("tickwave run: --checkpoint keep: the answers before it could not be written; the run goes on, and tries again", said.get(1));
        failures.failed(new IOException("keep: no space"));
        assertEquals(3, said.size());
        assertEquals("keep: no space", failures.newest());
        failures.written();
        assertNull(failures.newest());
        failures.failed(new IOException("keep: no space"));
        assertEquals(4, said.size());
    }

    @Test
    void aCheckpointThatNeedsMoreMemoryThanThereIsIsRefusedInOneLine() {
        final RunFailure failure = assertThrows(RunFailure.class, () -> KeptRun.read("keep", () -> {
            throw new OutOfMemoryError("Java heap space");
        }));
        assertEquals("--resume: keep: cannot allocate the memory that the checkpoint takes: Java heap space", failure.getMessage());
        assertEquals(1, failure.exitCode());
    }
}
