package org.tickwave.bench.fuzz;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Checks the inputs that fuzzing starts with and the inputs that fuzzing has found, without fuzzing. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class InputsTest {
    private static final String GOOD = "good-";
    private static final String BROKEN = "broken-";

    @ParameterizedTest
    @EnumSource
    void everyInputIsReadOrRefused(final Parser parser) throws IOException {
        final List<Path> inputs;
        try (Stream<Path> files = Files.list(parser.inputs())) {
            inputs = files.sorted().toList();
        }
        int good = 0;
        int broken = 0;
        for (final Path input : inputs) {
            final String name = input.getFileName().toString();
            final List<Reading> readings;
            try {
                readings = parser.check(Files.readAllBytes(input));
            } catch (final Throwable e) {
                throw new AssertionError(input + ": " + e, e);
            }
            if (name.startsWith(GOOD)) {
                good++;
                assertTrue(readings.stream().allMatch(Reading::whole), () -> input + ": " + readings);
            } else if (name.startsWith(BROKEN)) {
                broken++;
                assertTrue(readings.stream().allMatch(r -> r.refusal() != null), () -> input + ": " + readings);
            }
        }
        assertTrue(good > 2 && broken > 2, () -> "few inputs: " + inputs);
    }
}
