package org.tickwave.safetensors;

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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tickwave.safetensors.file.FileException;

/** Files that are no safetensors are refused with a message of one line, and before memory is allocated for claimed sizes. */
class BrokenFileTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final long FEW_BYTES = 512 << 10;

    private static void assertRefused(final String message, final byte[] bytes, final long size) {
        // Loads classes, so that the second call allocates only for the data.
        assertThrows(FileException.class, () -> FileBytes.read(bytes, size));
        final long before = THREADS.getCurrentThreadAllocatedBytes();
        final FileException refused = assertThrows(FileException.class, () -> FileBytes.read(bytes, size));
        final long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
        assertEquals(FileBytes.NAME + ": " + message, refused.getMessage());
        assertTrue(allocated < FEW_BYTES, allocated + " bytes");
    }

    private static void assertRefused(final String message, final byte[] bytes) {
        assertRefused(message, bytes, bytes.length);
    }

    private static byte[] edited(final byte[] file, final String from, final String to) {
        final String header = FileBytes.header(file);
        assertTrue(header.contains(from), header);
        return FileBytes.file(header.replace(from, to), FileBytes.data(file));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "03000000000000007b7d     | header of 3 bytes: expected at most 2, the number of bytes left in the file",
        "02000000000000007b7d00   | 1 bytes of data: expected 0, the size of all tensors",
        "03000000000000007b7d00   | header: text after the end of the value: expected only spaces there",
        "04000000000000007b7d7b7d | header: text after the end of the value: expected only spaces there",
        "02000000000000007b20     | header: invalid JSON at $.: expected strict JSON",
        "05000000000000007b22ff227d | byte 10 is 0xff: expected a header in UTF-8",
        "06000000000000007b22c0af227d | byte 10 is 0xc0: expected a header in UTF-8",
        "04000000000000007b22e282   | byte 10 is 0xe2: expected a header in UTF-8",
    })
    void bytesThatAreNoHeader(final String hex, final String message) {
        assertRefused(message, HexFormat.of().parseHex(hex));
    }

    private static void assertNoSafetensors(final String message, final byte[] bytes) {
        final FileException refused = assertThrows(FileException.class, () -> FileBytes.read(bytes));
        assertEquals(FileBytes.NAME + " is not a safetensors file: " + message, refused.getMessage());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "00000000000000           | 7 bytes: expected at least 8 for the length of the header",
        "0000000000000000         | the first 8 bytes give a header of 0 bytes: expected at least 2 for {}",
        "01000000000000007b       | the first 8 bytes give a header of 1 bytes: expected at least 2 for {}",
        "ffffffffffffffff7b7d     | the first 8 bytes give a header of 18446744073709551615 bytes: expected at most 100000000",
        "01e1f505000000007b       | the first 8 bytes give a header of 100000001 bytes: expected at most 100000000",
        "0300000000000000efbbbf   | byte 8 is 0xef: expected {, the first byte of a header",
        "0300000000000000207b7d   | byte 8 is 0x20: expected {, the first byte of a header",
        "02000000000000005b5d     | byte 8 is 0x5b: expected {, the first byte of a header",
    })
    void bytesThatAreNoSafetensors(final String hex, final String message) {
        assertNoSafetensors(message, HexFormat.of().parseHex(hex));
    }

    /** Files that users take for safetensors. The message says what to do. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "version https://git-lfs.github.com/spec/v1\\noid sha256:4d7a\\nsize 12345\\n "
            + "| a Git LFS pointer; git lfs pull downloads the file",
        "<!DOCTYPE html>\\n<html lang=\"en\"> | a page of HTML; download the file itself",
        "\\n <HTML><head><title>404</title>  | a page of HTML; download the file itself",
        "<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code></Error> | XML",
        "{\"error\":\"Repository not found\"} | JSON",
        "{\\n  \"metadata\": {\\n    \"total_size\": 1 | JSON",
        "[1, 2]\\n                          | JSON",
        "{}                                | JSON",
        "PK\\3\\4\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\16\\0\\0\\0model/data.pkl "
            + "| a PyTorch file; save its tensors as safetensors",
        "PK\\3\\4\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\7\\0\\0\\0w_0.npy "
            + "| a NumPy archive; save its tensors as safetensors",
        "PK\\3\\4\\24\\0\\0\\0\\10\\0 | a zip archive; unpack it",
        "\\200\\2}q\\0(X\\6\\0\\0\\0 | a Python pickle, such as PyTorch writes; save its tensors as safetensors",
        "\\200\\4\\225\\1\\0\\0\\0\\0\\0\\0\\0} | a Python pickle, such as PyTorch writes; save its tensors as safetensors",
        "\\37\\213\\10\\0\\0\\0\\0\\0\\0\\3 | a gzip archive; unpack it",
        "\\375\\67zXZ\\0\\0\\4       | an xz archive; unpack it",
        "\\50\\265\\57\\375\\4\\0\\1\\1  | a zstd archive; unpack it",
        "BZh91AY&SY                        | a bzip2 archive; unpack it",
        "7z\\274\\257\\47\\34\\0\\4   | a 7z archive; unpack it",
        "GGUF\\3\\0\\0\\0\\1          | a GGUF file; save its tensors as safetensors",
        "\\223NUMPY\\1\\0v\\0         | a NumPy array; save its tensors as safetensors",
        "\\211HDF\\r\\n\\32\\n       | an HDF5 file; save its tensors as safetensors",
        "\\34\\0\\0\\0TFL3\\24\\0    | a TensorFlow Lite file; save its tensors as safetensors",
        "\\10\\7\\22\\7pytorch\\32   | an ONNX model; save its tensors as safetensors",
        "\\211PNG\\r\\n\\32\\n\\0  | a PNG image",
        "\\377\\330\\377\\340\\0\\20JFIF | a JPEG image",
        "%PDF-1.7\\n                      | a PDF document",
        "RIFF\\44\\0\\0\\0WAVEfmt     | a WAV recording",
        "YUV4MPEG2 W8 H8 F30:1 Cmono\\n   | a Y4M video",
        "Not Found                         | text",
    })
    void filesThatAreNoSafetensors(final String start, final String kind) {
        final byte[] bytes = start.translateEscapes().getBytes(StandardCharsets.ISO_8859_1);
        assertNoSafetensors("it looks like " + kind, bytes);
        if (bytes.length > 40) {
            assertNoSafetensors("it looks like " + kind, Arrays.copyOf(bytes, 1 << 12));
        }
    }

    @Test
    void aTarArchive() {
        final byte[] bytes = new byte[1024];
        bytes[0] = 'm';
        System.arraycopy("ustar".getBytes(StandardCharsets.ISO_8859_1), 0, bytes, 257, 5);
        assertNoSafetensors("it looks like a tar archive; unpack it", bytes);
    }

    @Test
    void nothing() {
        assertNoSafetensors("it is empty", new byte[0]);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        // JSON.
        "\"seed\":\"7\" | \"seed\":\"7\",\"seed\":\"7\" | header: __metadata__: key seed occurs twice: expected once",
        "\"2.bias\"     | \"0.bias\"     | header: key 0.bias occurs twice: expected once",
        "\"shape\":[2]  | \"dtype\":\"F32\",\"shape\":[2] | header: tensor 2.bias: key dtype occurs twice: expected once",
        "\"shape\":[2]  | \"shape\":[2],\"strides\":[1] | header: tensor 2.bias: unknown key strides: expected dtype, shape and data_offsets only",
        "\"seed\":\"7\" | \"seed\":7     | header: __metadata__: seed: 7: expected a string",
        "\"seed\":\"7\" | \"seed\":null  | header: __metadata__: seed: null: expected a string",
        "\"seed\":\"7\" | \"seed\":{}    | header: __metadata__: seed: an object: expected a string",
        "\"seed\":\"7\" | \"seed\":'7'   | header: invalid JSON at $.__metadata__.seed: expected strict JSON",
        "\"seed\":\"7\" | \"seed\":\"\\ud800\" | header: __metadata__: seed: unpaired surrogate \\ud800: expected valid Unicode",
        "{\"__metadata__\":{ | {\"__metadata__\":[],\"x\":{ | header: __metadata__: a list: expected an object",
        "\"2.bias\":{   | \"2.bias\":3,\"x\":{  | header: tensor 2.bias: 3: expected an object",
        "\"2.bias\":{   | \"2.bias\":{,  | header: invalid JSON at $.2.bias.: expected strict JSON",
        "84,92]}}       | 84,92]}         | header: invalid JSON at $.2.bias: expected strict JSON",
        "84,92]}}       | 84,92]}}}       | header: text after the end of the value: expected only spaces there",
        "84,92]}}       | 84,92],}}       | header: invalid JSON at $.2.bias.data_offsets: expected strict JSON",
        // Types and shapes.
        "\"2.bias\":{\"dtype\":\"F32\"  | \"2.bias\":{\"dtype\":\"F64\"  | header: tensor 2.bias: dtype F64: expected F32",
        "\"2.bias\":{\"dtype\":\"F32\"  | \"2.bias\":{\"dtype\":\"BF16\" | header: tensor 2.bias: dtype BF16: expected F32",
        "\"2.bias\":{\"dtype\":\"F32\"  | \"2.bias\":{\"dtype\":\"F16\"  | header: tensor 2.bias: dtype F16: expected F32",
        "\"2.bias\":{\"dtype\":\"F32\"  | \"2.bias\":{\"dtype\":\"f32\"  | header: tensor 2.bias: dtype f32: expected F32",
        "\"2.bias\":{\"dtype\":\"F32\", | \"2.bias\":{              | header: tensor 2.bias: no dtype: expected dtype, shape and data_offsets",
        "\"shape\":[2], | `` | header: tensor 2.bias: no shape: expected dtype, shape and data_offsets",
        ",\"data_offsets\":[84,92] | `` | header: tensor 2.bias: no data_offsets: expected dtype, shape and data_offsets",
        "\"shape\":[2]  | \"shape\":2    | header: tensor 2.bias: shape: 2: expected a list",
        "\"shape\":[2]  | \"shape\":[\"2\"] | header: tensor 2.bias: shape: \"2\": expected a whole number from 0 to 2147483639",
        "\"shape\":[2]  | \"shape\":[2.0] | header: tensor 2.bias: shape: 2.0: expected a whole number from 0 to 2147483639",
        "\"shape\":[2]  | \"shape\":[2e0] | header: tensor 2.bias: shape: 2e0: expected a whole number from 0 to 2147483639",
        "\"shape\":[2]  | \"shape\":[-2] | header: tensor 2.bias: shape: -2: expected a whole number from 0 to 2147483639",
        "\"shape\":[2]  | \"shape\":[02] | header: invalid JSON at $.2.bias.shape[0]: expected strict JSON",
        "\"shape\":[2]  | \"shape\":[[[[2]]]] | header: tensor 2.bias: shape: a list: expected a whole number from 0 to 2147483639",
        "\"shape\":[2]  | \"shape\":[1,1,1,1,1,1,1,1,2] | header: tensor 2.bias: shape: more than 8 elements: expected at most 8",
        "\"shape\":[2]  | \"shape\":[2147483640] | header: tensor 2.bias: shape: 2147483640: expected a whole number from 0 to 2147483639",
        "\"shape\":[2]  | \"shape\":[65536,65536] | header: tensor 2.bias: shape [65536, 65536]: expected at most 2147483639 numbers",
        "\"shape\":[2]  | \"shape\":[2147483639,2147483639,2147483639] "
            + "| header: tensor 2.bias: shape [2147483639, 2147483639, 2147483639]: expected at most 2147483639 numbers",
        "\"shape\":[2]  | \"shape\":[3] | header: tensor 2.bias: data_offsets: [84, 92], 8 bytes: expected 12, the size of shape [3] with F32",
        "\"shape\":[2]  | \"shape\":[] | header: tensor 2.bias: data_offsets: [84, 92], 8 bytes: expected 4, the size of shape [] with F32",
        "\"shape\":[2]  | \"shape\":[2,0] | header: tensor 2.bias: data_offsets: [84, 92], 8 bytes: expected 0, the size of shape [2, 0] with F32",
        // Offsets.
        "[84,92]        | [92,84]     | header: tensor 2.bias: data_offsets: [92, 84]: expected a begin that is not after the end",
        "[84,92]        | [84]        | header: tensor 2.bias: data_offsets: only one offset: expected begin and end",
        "[84,92]        | []          | header: tensor 2.bias: data_offsets: no offsets: expected begin and end",
        "[84,92]        | [84,92,100] | header: tensor 2.bias: data_offsets: more than 2 elements: expected at most 2",
        "[84,92]        | [84,-92]    | header: tensor 2.bias: data_offsets: -92: expected a whole number from 0 to 9007199254740992",
        "[84,92]        | [84,9007199254740993] | header: tensor 2.bias: data_offsets: 9007199254740993: expected a whole number from 0 to 9007199254740992",
        "[84,92]        | [84,18446744073709551708] "
            + "| header: tensor 2.bias: data_offsets: 18446744073709551708: expected a whole number from 0 to 9007199254740992",
        "[84,92]        | [84,9223372036854775900] "
            + "| header: tensor 2.bias: data_offsets: 9223372036854775900: expected a whole number from 0 to 9007199254740992",
        "[84,92]        | [88,96]     | tensor 2.bias: ends at byte 96 of the data: expected at most 92, the size of the data",
        "[84,92]        | [80,88]     | tensor 2.bias: begins at byte 80 of the data: expected 84, the end of the tensor before; the tensors overlap",
        "[48,60]        | [0,12]      | tensor 0.weight: begins at byte 0 of the data: expected 12, the end of the tensor before; the tensors overlap",
        "\"2.bias\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[84,92]}"
            + "| \"2.bias\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[84,88]} | 92 bytes of data: expected 88, the size of all tensors",
        "\"2.bias\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[84,92]}"
            + "| \"2.bias\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[88,92]} "
            + "| tensor 2.bias: begins at byte 88 of the data: expected 84, the end of the tensor before; there is a gap between the tensors",
        "\"shape\":[2],\"data_offsets\":[84,92] | \"shape\":[1000000000],\"data_offsets\":[84,4000000084] "
            + "| tensor 2.bias: ends at byte 4000000084 of the data: expected at most 92, the size of the data",
    })
    void aHeaderThatWasEdited(final String from, final String to, final String message) throws IOException {
        assertRefused(message, edited(FileBytes.small(), from, to));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "0  | NaN        | tensor 0.weight: NaN at [0, 0]",
        "7  | Infinity   | tensor 0.weight: Infinity at [1, 3]",
        "14 | -Infinity  | tensor 0.bias: -Infinity at [2]",
        "22 | 0x1.0001p30 | tensor 2.bias: 1.0737582E9 at [1]",
    })
    void aNumberThatIsNotGood(final int index, final String number, final String message) throws IOException {
        final byte[] file = FileBytes.small();
        final int at = file.length - 92 + index * Float.BYTES;
        ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putFloat(at, Float.parseFloat(number));
        assertRefused(message + ": expected at most 2^30 in magnitude", file);
    }

    @Test
    void aHeaderNestedDeeperThanAnyStack() throws IOException {
        final String deep = "[".repeat(1_000_000);
        assertThrowsInOneLine(edited(FileBytes.small(), "\"seed\":\"7\"", "\"seed\":" + deep));
        assertThrowsInOneLine(FileBytes.file("{\"a\":".repeat(1_000_000), new byte[0]));
        assertThrowsInOneLine(FileBytes.file("{\"" + "a".repeat(5_000_000) + "\":" + "9".repeat(5_000_000) + "}", new byte[0]));
    }

    @Test
    void aHeaderOfMoreTensorsThanThereIsMemoryFor() {
        final StringBuilder header = new StringBuilder("{");
        for (int i = 0; i <= 1 << 18; i++) {
            header.append('"').append(i).append("\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]},");
        }
        final FileException refused = assertThrows(FileException.class,
            () -> FileBytes.read(FileBytes.file(header.append("\"\":0}").toString(), new byte[0])));
        assertEquals("m: header: more than 262144 keys: expected at most 262144", refused.getMessage());
    }

    private static void assertThrowsInOneLine(final byte[] bytes) {
        assertOneLine(assertThrows(FileException.class, () -> FileBytes.read(bytes)));
    }

    private static void assertOneLine(final FileException refused) {
        final String message = refused.getMessage();
        assertTrue(message.startsWith(FileBytes.NAME + ": ") || message.startsWith(FileBytes.NAME + " is not a safetensors file: "),
            message);
        assertTrue(message.length() < 1000, message);
        assertFalse(message.matches("(?s).*[\\p{Cntrl}\u2028\u2029].*"), message);
    }

    @Test
    void aFileThatIsCutAnywhere() throws IOException {
        final byte[] whole = FileBytes.small();
        for (int n = 0; n < whole.length; n++) {
            assertThrowsInOneLine(Arrays.copyOf(whole, n));
        }
    }

    @Test
    void aFileThatShrinksWhileItIsRead() throws IOException {
        final byte[] whole = FileBytes.small();
        for (int n = 0; n < whole.length; n++) {
            final byte[] cut = Arrays.copyOf(whole, n);
            final FileException refused = assertThrows(FileException.class, () -> FileBytes.read(cut, whole.length));
            assertEquals("m: ends at byte " + n + ": expected " + whole.length + " bytes, the size when the file was opened",
                refused.getMessage());
        }
    }

    @Test
    void aFileThatIsPadded() throws IOException {
        final byte[] whole = FileBytes.small();
        assertRefused("93 bytes of data: expected 92, the size of all tensors", Arrays.copyOf(whole, whole.length + 1));
    }

    @Test
    void noise() {
        final long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        final Random random = new Random(seed);
        for (int i = 0; i < 2000; i++) {
            final byte[] header = new byte[random.nextInt(200)];
            random.nextBytes(header);
            assertThrowsInOneLine(header);
            assertThrowsInOneLine(FileBytes.file("{" + new String(header, StandardCharsets.ISO_8859_1), header));
        }
    }

    /** An interrupt closes a file, wherever it comes. */
    @Test
    void aFileThatAnInterruptClosed(@TempDir final Path directory) throws IOException {
        final Path path = Files.write(directory.resolve("m"), FileBytes.small());
        try (Safetensors file = Safetensors.open(path)) {
            final long first = path.toFile().length() - 92;
            Thread.currentThread().interrupt();
            final FileException seek = assertThrows(FileException.class, () -> file.read(file.tensors().getFirst(), 0, new float[1]));
            assertEquals(path + ": cannot be read at byte " + first + ": ClosedByInterruptException", seek.getMessage());
            final FileException size = assertThrows(FileException.class, () -> Safetensors.open(path));
            assertEquals(path + ": cannot be read: ClosedByInterruptException", size.getMessage());
        } finally {
            assertTrue(Thread.interrupted());
        }
    }

    @Test
    void whatIsNoFile(@TempDir final Path directory) throws IOException {
        final Path missing = directory.resolve("missing");
        assertEquals(missing + ": no such file: expected a safetensors file",
            assertThrows(FileException.class, () -> Safetensors.open(missing)).getMessage());
        assertEquals(directory + ": a directory: expected a safetensors file",
            assertThrows(FileException.class, () -> Safetensors.open(directory)).getMessage());
        final Path device = Path.of("/dev/zero");
        if (Files.exists(device)) {
            assertEquals("/dev/zero: not a regular file: expected a safetensors file",
                assertThrows(FileException.class, () -> Safetensors.open(device)).getMessage());
        }
        final Path empty = Files.createFile(directory.resolve("empty"));
        assertEquals(empty + " is not a safetensors file: it is empty",
            assertThrows(FileException.class, () -> Safetensors.open(empty)).getMessage());
    }
}
