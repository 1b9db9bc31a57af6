package org.tickwave.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tickwave.bench.sound.Wav;
import org.tickwave.bench.stream.Streams;

/** Names that are not ASCII, or not UTF-8. */
@Execution(ExecutionMode.CONCURRENT)
class NamesTest {
    private static final String UTF_8 = "C.UTF-8";
    private static final String RUN = " run --hold 1 --pace none --threads 1 --layers 8 --json ";
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

    private InUtf8.Result run(final String locale, final String script) throws IOException, InterruptedException {
        return InUtf8.run(directory, locale, script);
    }

    private static JsonObject json(final InUtf8.Result result) {
        assertEquals(0, result.exit(), result.err());
        return JsonParser.parseString(result.out()).getAsJsonObject();
    }

    @Test
    void labelsInNfdAndNfcAreOneInNfcAndSavedAndLoadedSo() throws IOException, InterruptedException {
        final String make = "mkdir r r/a r/" + COMPOSED + " r/" + DECOMPOSED + "; cp [01].wav r/a; cp [01].wav r/" + COMPOSED
            + "; cp [23].wav r/" + DECOMPOSED + "; ";
        final InUtf8.Result saved = run(UTF_8, make + "\"$@\"" + RUN + "--input r --save m" + COMPOSED + ".st");
        assertEquals("[\"a\",\"z\u00e9\"]", json(saved).get("labels").toString());
        assertEquals("mz\u00e9.st", json(saved).get("saved").getAsString());
        // Only the name in NFD is left. The model has the label in NFC.
        final InUtf8.Result loaded = run(UTF_8,
            "rm -r r/" + COMPOSED + "; \"$@\"" + RUN + "--no-learn --input r --load m" + COMPOSED + ".st");
        assertEquals("[\"a\",\"z\u00e9\"]", json(loaded).get("labels").toString());
    }

    @Test
    void aModelWhoseLabelsAreInNfdIsReadInNfc() throws IOException, InterruptedException {
        final String make = "mkdir r r/a r/" + DECOMPOSED + "; cp [01].wav r/a; cp [01].wav r/" + DECOMPOSED + "; ";
        assertEquals(0, run(UTF_8, make + "\"$@\"" + RUN + "--input r --save m.st").exit());
        // The label becomes a byte longer, and so does the header.
        final Path model = directory.resolve("m.st");
        final byte[] bytes = Files.readAllBytes(model);
        final String text = new String(bytes, StandardCharsets.ISO_8859_1);
        final int length = (int) ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(0);
        final String header = text.substring(8, 8 + length).replace("z\u00c3\u00a9", "ze\u00cc\u0081");
        final byte[] nfd = Streams.join(new byte[] {(byte) header.length(), (byte) (header.length() >> 8), (byte) (header.length() >> 16),
            0, 0, 0, 0, 0}, Streams.ascii(header), Arrays.copyOfRange(bytes, 8 + length, bytes.length));
        assertEquals(bytes.length + 1, nfd.length);
        Files.write(model, nfd);
        final InUtf8.Result loaded = run(UTF_8, "\"$@\"" + RUN + "--no-learn --input r --load m.st");
        assertEquals("[\"a\",\"z\u00e9\"]", json(loaded).get("labels").toString());
    }

    @Test
    void aNameThatIsNotUtf8IsSaidToBeNone() throws IOException, InterruptedException {
        final String make = "cp 0.wav " + NOT_UTF_8 + "; ";
        final InUtf8.Result input = run(UTF_8, make + "\"$@\"" + RUN + "--input " + NOT_UTF_8);
        assertEquals("tickwave run: z\ufffd: the name is not UTF-8: expected a name in UTF-8\n", input.err());
        assertEquals(1, input.exit());
        for (final String option : new String[] {"--save", "--load"}) {
            final InUtf8.Result result = run(UTF_8, "\"$@\"" + RUN + "--input 0.wav " + option + " " + NOT_UTF_8);
            assertEquals("tickwave run: " + option + " z\ufffd: the name is not UTF-8: expected a name in UTF-8\n",
                result.err());
            assertEquals(1, result.exit());
        }
    }

    @Test
    void aRecordingWhoseNameIsNotUtf8IsBad() throws IOException, InterruptedException {
        final String make = "mkdir r; for i in 0 1; do cp $i.wav r/a_$i.wav; cp $i.wav r/b_$i.wav; done; "
            + "cp 0.wav r/a_" + NOT_UTF_8 + ".wav; ";
        final InUtf8.Result refused = run(UTF_8, make + "\"$@\"" + RUN + "--input r");
        assertEquals("tickwave run: r/a_z\ufffd.wav: the name is not UTF-8: expected a name in UTF-8; --skip-bad leaves out bad"
            + " recordings\n",
            refused.err());
        assertEquals(1, refused.exit());
        assertEquals(1, json(run(UTF_8, "\"$@\"" + RUN + "--input r --skip-bad")).get("skipped_recordings").getAsInt());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--input ", "--input 0.wav --save ", "--input 0.wav --load "})
    void withoutAUtf8LocaleTheLocaleIsNamed(final String option) throws IOException, InterruptedException {
        final InUtf8.Result result = run("C", "cp 0.wav " + COMPOSED + "; \"$@\"" + RUN + option + COMPOSED);
        assertTrue(result.err().endsWith(": the name is not ANSI_X3.4-1968, the encoding of names in this locale: expected a"
            + " UTF-8 locale, such as LC_ALL=C.UTF-8\n"), result.err());
        assertEquals(1, result.err().lines().count(), result.err());
        assertEquals(1, result.exit());
    }
}
