package org.tickwave.bench.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Fuzzes each parser in a JVM of its own. The profile "fuzz" runs only this class. Other builds do not run this class, because its name
 * does not end with Test. Inputs that break a parser are written to the directory that {@link InputsTest} reads.
 */
class JazzerRun {
    private static final int SECONDS = Integer.getInteger("tickwave.fuzz.seconds", 10);
    private static final int MOST_SECONDS_AN_INPUT = 10;
    private static final int MOST_SECONDS_TO_START_AND_END = 120;
    private static final int LONGEST_INPUT = 8_192;
    private static final int SHOWN = 4_000;

    private static final String FUZZED = "org.tickwave.bench.";
    /** Arithmetic without branches that depend on the input. Instrumented, these classes take three times as long. */
    private static final String NOT_INSTRUMENTED = FUZZED + "sound.LogMel:" + FUZZED + "sound.RealFft";
    private static final Pattern SEES =
        Pattern.compile("Instrumented org\\.tickwave\\.bench\\.(stream|sound|model|table|net)\\.\\w+ \\(took");
    private static final Pattern DONE = Pattern.compile("Done ([0-9]+) runs in");

    @ParameterizedTest
    @EnumSource
    void nothingBreaksIt(final Parser parser) throws IOException, InterruptedException {
        final Path directory = Files.createDirectories(Path.of("target", "fuzz", parser.name()).toAbsolutePath());
        final Path corpus = Files.createDirectories(directory.resolve("corpus"));
        final File log = directory.resolve("log.txt").toFile();
        final String inputs = parser.inputs().toAbsolutePath().toString();
        final Process jazzer = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m", "-XX:+EnableDynamicAgentLoading",
            "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow",
            "--add-modules", "jdk.incubator.vector", "-cp", System.getProperty("java.class.path"),
            "com.code_intelligence.jazzer.Jazzer", "--target_class=" + FuzzTarget.class.getName(),
            "--target_args=" + parser.name(), "--reproducer_path=" + directory,
            "--instrumentation_includes=" + FUZZED + "stream.**:" + FUZZED + "sound.**:" + FUZZED
                + "model.**:" + FUZZED + "table.**:" + FUZZED + "net.**:de.siegmar.fastcsv.reader.**:com.google.gson.stream.**",
            "--instrumentation_excludes=" + NOT_INSTRUMENTED, "-artifact_prefix=" + inputs + "/",
            "-max_total_time=" + SECONDS, "-timeout=" + MOST_SECONDS_AN_INPUT, "-max_len=" + LONGEST_INPUT,
            "-print_final_stats=1", corpus.toString(), inputs)
            .directory(directory.toFile()).redirectErrorStream(true).redirectOutput(log).start();
        final boolean ended;
        try {
            ended = jazzer.waitFor((long) SECONDS + MOST_SECONDS_TO_START_AND_END, TimeUnit.SECONDS);
        } finally {
            jazzer.destroyForcibly();
        }
        final String said = Files.readString(log.toPath(), StandardCharsets.ISO_8859_1);
        final String end = parser + ", all of it in " + log + ":\n" + said.substring(Math.max(0, said.length() - SHOWN));
        assertTrue(ended, () -> "still runs: " + end);
        assertEquals(0, jazzer.exitValue(), end);
        final Matcher done = DONE.matcher(said);
        assertTrue(done.find(), end);
        assertTrue(Long.parseLong(done.group(1)) > 10L * SECONDS, end);
        assertTrue(SEES.matcher(said).find(), () -> "blind: " + end);
        System.out.println(parser + ": " + done.group() + " " + SECONDS + " s");
    }
}
