package org.tickwave.bench.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tickwave.bench.cli.Tickwave;

/** The program started by hand, without the launcher and its flags. */
@Execution(ExecutionMode.CONCURRENT)
class ByHandTest {
    @ParameterizedTest
    @ValueSource(strings = {"run", "run --frames 5", "layout 4-3-2", "bench -l", "--help", ""})
    void namesTheMissingFlagInOneLine(final String arguments) throws IOException, InterruptedException {
        final List<String> command = new ArrayList<>(List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
            "-cp", System.getProperty("java.class.path"), Tickwave.class.getName()));
        command.addAll(List.of(arguments.split(" ")));
        final Checkout.Result result = Checkout.result(new ProcessBuilder(command).start());
        assertEquals(
            "tickwave: the Vector API is missing: expected the JVM's flag --add-modules jdk.incubator.vector, before the name of "
                + "the main class" + System.lineSeparator(), result.err());
        assertEquals("", result.out());
        assertEquals(1, result.code());
    }
}
