package org.tickwave.bench.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tickwave.bench.stream.Features;
import org.tickwave.safetensors.file.FileException;

/** Files that are not models are refused with a message of one line, and before memory is allocated for claimed sizes. */
class BrokenModelTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final long FEW_BYTES = 512 << 10;

    /** A model of widths 4-3-2. */
    private static byte[] change() throws IOException {
        return ModelBytes.of(new Model(Models.small().network(), "change", List.of(), 2, 10, 7, null, null, List.of(), null, null,
            Models.small().weights()));
    }

    /** A model of widths 40-3. */
    private static byte[] classify() throws IOException {
        return ModelBytes.of(Models.classify(new Random(1), 1, List.of("a", "b", "c")));
    }

    private static void assertRefused(final String message, final byte[] bytes, final long size) {
        // Loads classes, so that the second call allocates only for the data.
        assertThrows(FileException.class, () -> ModelBytes.read(bytes, size));
        final long before = THREADS.getCurrentThreadAllocatedBytes();
        final FileException refused = assertThrows(FileException.class, () -> ModelBytes.read(bytes, size));
        final long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
        assertEquals(ModelBytes.NAME + ": " + message, refused.getMessage());
        assertTrue(allocated < FEW_BYTES, allocated + " bytes");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "low/from/a | low/from/c | no tensor low/from/a: expected a tensor of shape [5, 3] with the network of the metadata",
        "second/bias | 2.bias | no tensor second/bias: expected a tensor of shape [3] with the network of the metadata",
        "[5,4] | [4,5] | tensor low/from/b: shape [4, 5]: expected [5, 4] with the network of the metadata",
        "\\\"to\\\":\\\"low\\\" | \\\"to\\\":\\\"sky\\\" | metadata: network: line 1, column",
        "\"network\":\"{ | \"network\":\"{{ | metadata: network: line 1, column 2: ",
        "\"network\":\"{ | \"web\":\"{ | metadata: no network: expected this key in format 3",
        "\"frame_width\":\"3\" | \"frame_width\":\"2\" | metadata: network: line 1, column",
        "\"frame_width\":\"3\" | \"frame_width\":\"0\" | metadata: frame_width: ",
        "\"context\":\"2\" | \"context\":\"1\" | metadata: network: line 1, column",
        "\\\"width\\\":5, | \\\"width\\\":2147483647, | tensor low/from/a: shape [5, 3]: expected [2147483647, 3]"})
    void aBrokenFileOfAGraphIsRefused(final String from, final String to, final String message) throws IOException {
        final byte[] broken = edited(ModelBytes.of(Models.graph()), from, to);
        final String refused = assertThrows(FileException.class, () -> ModelBytes.read(broken, broken.length)).getMessage();
        assertTrue(refused.startsWith(ModelBytes.NAME + ": " + message) && refused.lines().count() == 1, refused);
    }

    private static void assertRefused(final String message, final byte[] bytes) {
        assertRefused(message, bytes, bytes.length);
    }

    private static byte[] edited(final byte[] file, final String from, final String to) {
        final String header = ModelBytes.header(file);
        assertTrue(header.contains(from), header);
        return ModelBytes.file(header.replace(from, to), ModelBytes.data(file));
    }

    @Test
    void aFileOfAnotherProgram() {
        assertRefused("metadata: no tickwave_format: expected a file that tickwave saved", ModelBytes.file("{}", new byte[0]));
    }

    private static void assertNoSafetensors(final String message, final byte[] bytes) {
        final FileException refused = assertThrows(FileException.class, () -> ModelBytes.read(bytes));
        assertEquals(ModelBytes.NAME + " is not a safetensors file: " + message, refused.getMessage());
    }

    /** Files that users take for models. The message says what to do with a recording. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "RIFF\\44\\0\\0\\0WAVEfmt     | a WAV recording; --input reads it",
        "YUV4MPEG2 W8 H8 F30:1 Cmono\\n   | a Y4M video; --input reads it",
        "Not Found                         | text",
    })
    void filesThatAreNoModels(final String start, final String kind) {
        final byte[] bytes = start.translateEscapes().getBytes(StandardCharsets.ISO_8859_1);
        assertNoSafetensors("it looks like " + kind, bytes);
        if (bytes.length > 40) {
            assertNoSafetensors("it looks like " + kind, Arrays.copyOf(bytes, 1 << 12));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        // Another network.
        "\"2.bias\"     | \"bias\"       | no tensor 2.bias: expected a tensor of shape [2] with widths [4, 3, 2]",
        "\"shape\":[2,3] | \"shape\":[3,2] | tensor 2.weight: shape [3, 2]: expected [2, 3] with widths [4, 3, 2]",
        "\"shape\":[2]  | \"shape\":[2,1] | tensor 2.bias: shape [2, 1]: expected [2] with widths [4, 3, 2]",
        "\"2.bias\"     | \"x\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[84,84]},\"2.bias\" "
            + "| unknown tensor x: expected only 0.weight to 2.bias with widths [4, 3, 2]",
        "[4,3,2]\"       | [4,3,3,2]\" | tensor 2.weight: shape [2, 3]: expected [3, 3] with widths [4, 3, 3, 2]",
        "[4,3,2]\"       | [4,3]\"     | unknown tensor 2.weight: expected only 0.weight to 0.bias with widths [4, 3]",
        // Metadata.
        "\"tickwave_format\":\"2\",  | ``  | metadata: no tickwave_format: expected a file that tickwave saved",
        "\"tickwave_format\":\"2\"   | \"tickwave_format\":\"4\" | metadata: tickwave_format 4: expected 1, 2 or 3, the formats that this version reads",
        "\"widths\":\"[4,3,2]\",     | ``  | metadata: no widths: expected this key in format 2",
        "[4,3,2]\"       | [4,3,2.5]\" | metadata: widths: 2.5: expected a whole number from 1 to 2147483647",
        "[4,3,2]\"       | [4,3,0]\"   | metadata: widths: 0: expected a whole number from 1 to 2147483647",
        "[4,3,2]\"       | [4]\"       | metadata: widths [4]: expected at least two, of the input and of the output",
        "[4,3,2]\"       | [4,3,2\"    | metadata: widths: invalid JSON at $[3]: expected strict JSON",
        "[4,3,2]\"       | [4,3,2]]\"  | metadata: widths: text after the end of the value: expected only spaces there",
        "[4,3,2]\"       | \"          | metadata: widths: invalid JSON at $: expected strict JSON",
        "\"change\"      | \"predict\" | metadata: task predict: expected one of change, classify",
        "\"change\"      | \"classify\" | metadata: loss squared_error with task classify: expected softmax_cross_entropy",
        "\"squared_error\" | \"softmax_cross_entropy\" | metadata: loss softmax_cross_entropy with task change: expected squared_error",
        "\"activation\":\"tanh\",    | ``  | metadata: no activation: expected this key in format 2",
        "\"activation\":\"tanh\"     | \"activation\":\"TANH\" | metadata: activation TANH: expected one of identity, tanh, logistic, relu, leaky_relu",
        "\"labels\":\"[]\"           | \"labels\":\"[\\\"a\\\"]\" | metadata: labels: more than 0 elements: expected at most 0",
        "\"context\":\"2\"           | \"context\":\"3\" | metadata: context 3 with frames of 2 numbers: expected 4 numbers in all, the width of the input",
        "\"context\":\"2\"           | \"context\":\"2x\" | metadata: context: invalid JSON at $: expected strict JSON",
        "\"context\":\"2\"           | \"context\":\"2147483649\" | metadata: context: 2147483649: expected a whole number from 1 to 2147483647",
        "\"gain\":\"10.0\"           | \"gain\":\"NaN\"  | metadata: gain: invalid JSON at $: expected strict JSON",
        "\"gain\":\"10.0\"           | \"gain\":\"-1\"   | metadata: gain: -1: expected above 0, at most 1048576",
        "\"gain\":\"10.0\"           | \"gain\":\"1e39\" | metadata: gain: 1e39: expected above 0, at most 1048576",
        "\"seed\":\"7\"              | \"seed\":\"9223372036854775808\" "
            + "| metadata: seed: 9223372036854775808: expected a whole number from -9223372036854775808 to 9223372036854775807",
        "\"seed\":\"7\"              | \"seed\":\"7\",\"normalisation\":\"{}\" | metadata: normalisation: incomplete: expected counts, mean and squares",
        "\"seed\":\"7\"              | \"seed\":\"7\",\"columns\":\"[\\\"a\\\"]\" | metadata: columns: 1: expected 2, the width of the output",
        "\"seed\":\"7\"              | \"seed\":\"7\",\"columns\":\"[\\\"a\\\",\\\"a\\\"]\" | metadata: columns: a occurs twice: expected once",
    })
    void aHeaderThatWasEdited(final String from, final String to, final String message) throws IOException {
        assertRefused(message, edited(change(), from, to));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "\\\"c\\\"]               | \\\"b\\\"]         | metadata: labels: b occurs twice: expected once",
        "\\\"c\\\"]               | \\\"c\\\",\\\"d\\\"] | metadata: labels: more than 3 elements: expected at most 3",
        ",\\\"c\\\"]              | ]                  | metadata: labels: 2: expected 3, the width of the output",
        ",\\\"c\\\"]              | ,3]                | metadata: labels: 3: expected a string",
        "\"gain\":\"1.0\"         | \"gain\":\"2\"     | metadata: gain: 2: expected 1 with task classify",
        "\"output_activation\":\"identity\" | \"output_activation\":\"tanh\" "
            + "| metadata: output activation TANH with SOFTMAX_CROSS_ENTROPY: expected IDENTITY, since the output holds logits",
        "\"features\"             | \"features2\"      | metadata: no features: expected this key in format 2",
        "\"seed\":\"               | \"columns\":\"[\\\"a\\\"]\",\"seed\":\" | metadata: features and columns: expected one of them",
        "\\\"bands\\\":40         | \\\"bands\\\":20   | metadata: context 1 with frames of 20 numbers: expected 40 numbers in all, the width of the input",
        "\\\"fft_samples\\\":256  | \\\"fft_samples\\\":128 | metadata: features: fft_samples: 128: expected a power of two, at least window_samples, which is 200",
        "\\\"fft_samples\\\":256  | \\\"fft_samples\\\":255 | metadata: features: fft_samples: 255: expected a power of two, at least window_samples, which is 200",
        "\\\"step_samples\\\":80, | `` | metadata: features: incomplete: expected sample_rate, window_samples, step_samples, fft_samples, bands and floor",
        "\\\"step_samples\\\":80  | \\\"step_samples\\\":0 | metadata: features: step_samples: 0: expected a whole number from 1 to 16777216",
        "\\\"step_samples\\\":80  | \\\"step\\\":80 "
            + "| metadata: features: unknown key step: expected sample_rate, window_samples, step_samples, fft_samples, bands and floor only",
        "\\\"floor\\\":1.0E-6     | \\\"floor\\\":0    | metadata: features: floor: 0: expected a number above 0",
        "\\\"floor\\\":1.0E-6     | \\\"floor\\\":1e999 | metadata: features: floor: 1e999: expected a number above 0",
        "\\\"counts\\\":[         | \\\"counts\\\":[-1, | metadata: normalisation: counts: -1: expected a whole number from 0 to 9223372036854775807",
        "\\\"mean\\\":[           | \\\"mean\\\":[0,   | metadata: normalisation: mean: more than 40 elements: expected at most 40",
        "\\\"squares\\\":[        | \\\"squares\\\":[-1,  | metadata: normalisation: squares: -1: expected a number of at least 0",
        "\\\"squares\\\":[        | \\\"squares\\\":[1],\\\"x\\\":[ "
            + "| metadata: normalisation: squares: 1 numbers: expected 40, the width of a frame",
        "\\\"squares\\\":         | \\\"variance\\\":  | metadata: normalisation: unknown key variance: expected counts, mean and squares only",
    })
    void aHeaderOfSpeechThatWasEdited(final String from, final String to, final String message) throws IOException {
        assertRefused(message, edited(classify(), from, to));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "0  | NaN        | tensor 0.weight: NaN at [0, 0]",
        "22 | 0x1.0001p30 | tensor 2.bias: 1.0737582E9 at [1]",
    })
    void aNumberThatIsNotGood(final int index, final String number, final String message) throws IOException {
        final byte[] file = change();
        final int at = file.length - 92 + index * Float.BYTES;
        ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putFloat(at, Float.parseFloat(number));
        assertRefused(message + ": expected at most 2^30 in magnitude", file);
    }

    @Test
    void aHeaderNestedDeeperThanAnyStack() throws IOException {
        final String deep = "[".repeat(1_000_000);
        assertThrowsInOneLine(edited(change(), "\"seed\":\"7\"", "\"seed\":" + deep));
        assertThrowsInOneLine(edited(change(), "\"seed\":\"7\"", "\"seed\":\"" + deep + "\""));
        assertThrowsInOneLine(edited(change(), "\"[]\"", "\"" + deep + "\""));
        assertThrowsInOneLine(ModelBytes.file("{\"a\":".repeat(1_000_000), new byte[0]));
        assertThrowsInOneLine(ModelBytes.file("{\"" + "a".repeat(5_000_000) + "\":" + "9".repeat(5_000_000) + "}", new byte[0]));
    }

    private static void assertThrowsInOneLine(final byte[] bytes) {
        assertOneLine(assertThrows(FileException.class, () -> ModelBytes.read(bytes)));
    }

    private static void assertOneLine(final FileException refused) {
        final String message = refused.getMessage();
        assertTrue(message.startsWith(ModelBytes.NAME + ": ") || message.startsWith(ModelBytes.NAME + " is not a safetensors file: "),
            message);
        assertTrue(message.length() < 1000, message);
        assertFalse(message.matches("(?s).*[\\p{Cntrl}\u2028\u2029].*"), message);
    }

    @Test
    void aModelThatIsCutAnywhere() throws IOException {
        for (final byte[] whole : List.of(change(), classify())) {
            for (int n = 0; n < whole.length; n++) {
                assertThrowsInOneLine(Arrays.copyOf(whole, n));
            }
        }
    }

    /** A changed file that still loads has the same numbers and can be saved. */
    @Test
    void aBitThatIsFlippedAnywhereInTheHeader() throws IOException {
        int loaded = 0;
        // Three bands: the header has three numbers in each list, not forty.
        final Model sound = Models.classify(new Random(1), new Features(8_000, 200, 80, 256, 3, 1e-6), 1, List.of("a", "b", "c"));
        for (final byte[] whole : List.of(change(), ModelBytes.of(sound))) {
            final Model original = ModelBytes.read(whole);
            for (int i = 0; i < Long.BYTES + ModelBytes.headerBytes(whole); i++) {
                for (int bit = 0; bit < 8; bit++) {
                    final byte[] flipped = whole.clone();
                    flipped[i] ^= (byte) (1 << bit);
                    try {
                        final Model model = ModelBytes.read(flipped);
                        Models.assertSameNumbers(original, model);
                        Models.assertSame(model, ModelBytes.read(ModelBytes.of(model)));
                        loaded++;
                    } catch (final FileException e) {
                        assertOneLine(e);
                    }
                }
            }
        }
        assertTrue(loaded > 0, "a digit of the seed");
    }

    @Test
    void whatIsNoFile(@TempDir final Path directory) {
        final Path missing = directory.resolve("missing");
        assertEquals(missing + ": no such file: expected a safetensors file",
            assertThrows(FileException.class, () -> Models.read(missing)).getMessage());
    }
}
