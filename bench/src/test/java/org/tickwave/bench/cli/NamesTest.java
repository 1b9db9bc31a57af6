package org.tickwave.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.tickwave.bench.sound.Wav;

/** Names that are not ASCII, or not UTF-8. */
@Execution(ExecutionMode.CONCURRENT)
class NamesTest {
    private static final String UTF_8 = "C.UTF-8";
    private static final String RUN = " run --hold 1 --pace none --threads 1 --layers 8 --json ";
    private static final String THEN = " " + InTurn.THEN;
    /** The letter e with an acute accent, as one character and as two characters. */
    private static final String COMPOSED = "\"$(printf 'z\\303\\251')\"";
    private static final String DECOMPOSED = "\"$(printf 'ze\\314\\201')\"";
    private static final String NOT_UTF_8 = "\"$(printf 'z\\351')\"";

    /** One frame, or two. */
    private static final int SAMPLES = 300;

    @TempDir
    private Path temporary;
    private Path directory;

    @BeforeEach
    void someRecordings() throws IOException {
        directory = Files.createDirectory(temporary.resolve("d"));
        for (int i = 0; i < 4; i++) {
            Files.write(directory.resolve(i + ".wav"), Wav.noise(8_000, SAMPLES, i + 1));
        }
    }

    private List<Outcome> run(final String locale, final String script) throws IOException, InterruptedException {
        return InUtf8.run(directory, locale, script);
    }

    private static void expectNotUtf8(final Outcome outcome, final String what) {
        assertEquals("tickwave run: " + what + "z\ufffd: the name is not UTF-8: expected a name in UTF-8\n", outcome.err());
        assertEquals(1, outcome.exit());
    }

    @Test
    void labelsInNfdAndNfcAreOneInNfcAndSavedAndLoadedSo() throws IOException, InterruptedException {
        // In s, only the name in NFD is left. The model has the label in NFC.
        final String make = "mkdir r r/a r/" + COMPOSED + " r/" + DECOMPOSED + "; cp [01].wav r/a; cp [01].wav r/" + COMPOSED
            + "; cp [23].wav r/" + DECOMPOSED + "; cp -r r s; rm -r s/" + COMPOSED + "; ";
        final List<Outcome> outcomes = run(UTF_8, make + "\"$@\"" + RUN + "--input r --save m" + COMPOSED + ".st" + THEN
            + RUN + "--no-learn --input s --load m" + COMPOSED + ".st");
        final JsonObject saved = outcomes.getFirst().successfulJson();
        assertEquals("[\"a\",\"z\u00e9\"]", saved.get("labels").toString());
        assertEquals("mz\u00e9.st", saved.get("saved").getAsString());
        assertEquals("[\"a\",\"z\u00e9\"]", outcomes.getLast().successfulJson().get("labels").toString());
    }

    @Test
    void aModelWhoseLabelsAreInNfdIsReadInNfc() throws IOException, InterruptedException {
        for (final String label : List.of("a", "zero")) {
            final Path recordings = Files.createDirectories(directory.resolve("ascii").resolve(label));
            Files.copy(directory.resolve("0.wav"), recordings.resolve("0.wav"));
            Files.copy(directory.resolve("1.wav"), recordings.resolve("1.wav"));
        }
        final Path model = directory.resolve("m.st");
        Outcome.of((RUN.strip() + " --input " + directory.resolve("ascii") + " --save " + model).split(" ")).successfulJson();
        // As many bytes as in the other label.
        final String text = new String(Files.readAllBytes(model), StandardCharsets.ISO_8859_1);
        assertTrue(text.contains("zero"), "the label");
        Files.write(model, text.replace("zero", "ze\u00cc\u0081").getBytes(StandardCharsets.ISO_8859_1));
        final String make = "mkdir r r/a r/" + DECOMPOSED + "; cp [01].wav r/a; cp [01].wav r/" + DECOMPOSED + "; ";
        final List<Outcome> loaded = run(UTF_8, make + "\"$@\"" + RUN + "--no-learn --input r --load m.st");
        assertEquals("[\"a\",\"z\u00e9\"]", loaded.getFirst().successfulJson().get("labels").toString());
    }

    @Test
    void aNameThatIsNotUtf8IsSaidToBeNone() throws IOException, InterruptedException {
        final List<Outcome> outcomes = run(UTF_8, "cp 0.wav " + NOT_UTF_8 + "; \"$@\"" + RUN + "--input " + NOT_UTF_8
            + THEN + RUN + "--input 0.wav --save " + NOT_UTF_8 + THEN + RUN + "--input 0.wav --load " + NOT_UTF_8);
        assertEquals(3, outcomes.size());
        expectNotUtf8(outcomes.getFirst(), "");
        expectNotUtf8(outcomes.get(1), "--save ");
        expectNotUtf8(outcomes.getLast(), "--load ");
    }

    @Test
    void aRecordingWhoseNameIsNotUtf8IsBad() throws IOException, InterruptedException {
        final String make = "mkdir r; for i in 0 1; do cp $i.wav r/a_$i.wav; cp $i.wav r/b_$i.wav; done; "
            + "cp 0.wav r/a_" + NOT_UTF_8 + ".wav; ";
        final List<Outcome> outcomes = run(UTF_8, make + "\"$@\"" + RUN + "--input r" + THEN + RUN + "--input r --skip-bad");
        final Outcome refused = outcomes.getFirst();
        assertEquals("tickwave run: r/a_z\ufffd.wav: the name is not UTF-8: expected a name in UTF-8; --skip-bad leaves out bad"
            + " recordings\n",
            refused.err());
        assertEquals(1, refused.exit());
        assertEquals(1, outcomes.getLast().successfulJson().get("skipped_recordings").getAsInt());
    }

    @Test
    void withoutAUtf8LocaleTheLocaleIsNamed() throws IOException, InterruptedException {
        final List<Outcome> outcomes = run("C", "cp 0.wav " + COMPOSED + "; \"$@\"" + RUN + "--input " + COMPOSED
            + THEN + RUN + "--input 0.wav --save " + COMPOSED + THEN + RUN + "--input 0.wav --load " + COMPOSED);
        assertEquals(3, outcomes.size());
        for (final Outcome outcome : outcomes) {
            assertTrue(outcome.err().endsWith(": the name is not ANSI_X3.4-1968, the encoding of names in this locale: expected a"
                + " UTF-8 locale, such as LC_ALL=C.UTF-8\n"), outcome.err());
            assertEquals(1, outcome.err().lines().count(), outcome.err());
            assertEquals(1, outcome.exit());
        }
    }
}
