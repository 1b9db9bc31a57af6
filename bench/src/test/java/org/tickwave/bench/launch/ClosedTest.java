package org.tickwave.bench.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Starts the launcher with closed descriptors 0, 1 and 2. */
@Execution(ExecutionMode.CONCURRENT)
class ClosedTest {
    @TempDir
    Path directory;

    private Checkout checkout;

    @BeforeEach
    void install() throws IOException {
        checkout = new Checkout(directory);
        checkout.jdk(checkout.machine.resolve("usr/lib/jvm/25"), "25");
    }

    private List<String> startWith(final String redirections) throws IOException, InterruptedException {
        checkout.shell(Map.of(), "\"$0\" run " + redirections);
        return checkout.javaArguments();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        <&-         | 0
        >&-         | 1
        2>&-        | 2
        <&- >&-     | 0,1
        <&- 2>&-    | 0,2
        >&- 2>&-    | 1,2
        <&- >&- 2>&- | 0,1,2
        """)
    void areToldToTheProgramAndLeadToDevNull(final String redirections, final String closed)
        throws IOException, InterruptedException {
        for (final boolean built : new boolean[] {false, true}) {
            final List<String> arguments = startWith(redirections);
            assertEquals(built ? 0 : 1, checkout.builds());
            assertTrue(arguments.contains("-Dtickwave.closed=" + closed), arguments.toString());
            for (final String descriptor : List.of("0", "1", "2")) {
                assertEquals(closed.contains(descriptor), arguments.contains("null " + descriptor), arguments.toString());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "</dev/null", ">/dev/null", "2>/dev/null", "</dev/null >/dev/null 2>/dev/null"})
    void openOnesAreNotToldOf(final String redirections) throws IOException, InterruptedException {
        assertFalse(startWith(redirections).toString().contains("tickwave.closed"));
    }

    @Test
    void messagesToAClosedStandardErrorLandNowhere() throws IOException, InterruptedException {
        Files.writeString(checkout.machine.resolve("mvn-fails"), "");
        final Path other = Files.writeString(checkout.machine.resolve("other"), "mine\n");
        final String launcher = Files.readString(checkout.root.resolve("tickwave"));
        final Checkout.Result result = checkout.shell(Map.of(), "\"$0\" run 3<>other 2>&-");
        assertEquals(1, result.code());
        assertEquals("", result.out() + result.err());
        assertEquals("mine\n", Files.readString(other));
        assertEquals(1, checkout.builds());
        assertEquals(launcher, Files.readString(checkout.root.resolve("tickwave")));
    }

    @Test
    void aFullStandardErrorStopsNothing() throws IOException, InterruptedException {
        assumeTrue(Files.exists(Path.of("/dev/full")), "no /dev/full here");
        final Checkout.Result result = checkout.shell(Map.of(), "\"$0\" run 2>/dev/full");
        assertEquals(0, result.code());
        assertTrue(result.out().endsWith("<run>\n"), result.out());
        assertEquals(1, checkout.builds());
    }
}
