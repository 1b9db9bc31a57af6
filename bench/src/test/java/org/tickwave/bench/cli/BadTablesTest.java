package org.tickwave.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Bad tables and wrong options of tables end in one line, without a result. */
@Timeout(120)
class BadTablesTest {
    @TempDir
    private Path folder;

    static Stream<Arguments> tables() {
        final String wide = IntStream.rangeClosed(0, 65_536).mapToObj(i -> "c" + i).collect(Collectors.joining(","));
        return Stream.of(
            Arguments.of("", "", "empty"),
            Arguments.of("a,b\n", "", "no row after the names of the columns"),
            Arguments.of("a,state\n", "--label state", "no row"),
            Arguments.of("a,a\n1,2\n", "", "columns 1 and 2 have the name a"),
            Arguments.of("a,b\n1\n1,2,3\n", "", "no good row in 2 rows: line 2: 1 cell: expected 2"),
            Arguments.of("a,state\n1,x\n2,x\n", "--label state", "only the label x: expected at least two labels"),
            Arguments.of("a,state\n" + IntStream.range(0, 1_001).mapToObj(i -> i + ",l" + i + "\n").collect(Collectors.joining()),
                "--label state", "more than 1,000 labels"),
            Arguments.of(wide + "\n1\n", "", "line 1: more than 65,536 columns"),
            Arguments.of("a,b\n\"1,2\n3,4\n", "", "the row in line 2 has a quote without a closing quote"),
            Arguments.of("a,state\n1,x\n2,y\n3,\"x\n", "--label state", "the row in line 4 has a quote"),
            Arguments.of("a,b\n1,\0\n", "", "line 2: a NUL byte"),
            Arguments.of("1,2\n3,4\n", "", "the first row holds numbers only: 1, 2: expected the names of the columns, or --no-header"),
            Arguments.of("a,b\n1,2\n", "--no-header", "the first row holds names: a, b"),
            Arguments.of("a,when\n1,noon\n", "", "column when is text: noon in line 2: expected numbers, or --drop when, or --label when"),
            Arguments.of("a,when,s\n1,noon,x\n2,now,y\n", "--label s", "column when is text: noon in line 2: expected numbers, or --drop when"),
            Arguments.of("a,b\n1,2\n", "--columns a,c", "no column c, which --columns names"),
            Arguments.of("a,b\n1,2\n", "--drop c", "no column c, which --drop names"),
            Arguments.of("a,b\n1,2\n", "--label c", "no column c, which --label names"),
            Arguments.of("a,b\n1,2\n", "--drop a,b", "no column is left"),
            Arguments.of("a,b\n1,\n2,NA\n", "", "column b has no number in the first 2 rows: expected one, or --drop b"));
    }

    @ParameterizedTest
    @MethodSource("tables")
    void aBadTableIsOneLine(final String text, final String options, final String message) throws IOException {
        final Path table = Files.writeString(folder.resolve("t.csv"), text);
        Outcome.assertRefused(1, "--input " + table + " " + options, table + ": ", message);
        Outcome.assertRefused(1, "--json --input " + table + " " + options, message);
    }

    static Stream<Arguments> options() {
        return Stream.of(
            Arguments.of("--separator 7", "--separator 7: expected a character that is no part of a number"),
            Arguments.of("--separator ;;", "--separator"),
            Arguments.of("--label a --columns a,b", "--label a: expected a column that is not in --columns or --drop"),
            Arguments.of("--label a --drop a", "--label a"),
            Arguments.of("--drop a --columns a", "--drop a: expected a column that is not in --columns"),
            Arguments.of("--drop a,a", "--drop: a twice"),
            Arguments.of("--labels x,y", "--labels without --label"),
            Arguments.of("--label s --labels x", "--labels: 1: expected 2 to 1,000 labels"),
            Arguments.of("--label s --labels x,NA", "--labels: NA"),
            Arguments.of("--label s --labels x,x", "--labels: x twice"),
            Arguments.of("--label s --gain 3", "--gain 3"),
            Arguments.of("--answers - --answers-format u8", "--answers-format u8"),
            Arguments.of("--clock burst", "--clock burst with --pace none"));
    }

    @ParameterizedTest
    @MethodSource("options")
    void aWrongOptionIsOneLine(final String options, final String message) throws IOException {
        final Path table = Files.writeString(folder.resolve("t.csv"), "a,b,s\n" + "1,2,x\n3,4,y\n".repeat(5));
        final String label = options.contains("--label ") ? "" : " --drop s";
        Outcome.assertRefused(2, "--input " + table + " " + (options.contains("drop") ? options : options + label), message);
    }

    @Test
    void optionsOfTablesNeedATable() throws IOException {
        final Path raw = Files.write(folder.resolve("f.raw"), new byte[80]);
        for (final String option : new String[] {"--separator ;", "--no-header", "--columns a", "--drop a", "--label a", "--labels a,b"}) {
            Outcome.assertRefused(2, "--input " + raw + " --format f32:2@360 " + option, "expected a table as --input");
            Outcome.assertRefused(2, option, "expected a table as --input");
        }
        Outcome.assertRefused(2, "--format csv:2@3 --input " + raw, "csv:2@3", "or csv for a table");
        Outcome.assertRefused(2, "--format csv", "--format csv: expected --input too");
        Outcome.assertRefused(1, "--format csv --input " + folder, "a directory: expected a table");
        Outcome.assertRefused(1, "--input " + folder.resolve("missing.csv"), "missing.csv: no such file");
    }

    @Test
    void otherEncodingsAreOneLine() throws IOException {
        final Path table = folder.resolve("t.csv");
        for (final String charset : new String[] {"UTF-16", "UTF-16LE", "UTF-16BE"}) {
            Files.write(table, "a,b\n1,2\n".getBytes(charset));
            Outcome.assertRefused(1, "--input " + table, "UTF-16", "expected a table in UTF-8");
        }
        Files.write(table, "a,gr\u00f6\u00dfe\n1,2\n".getBytes(StandardCharsets.ISO_8859_1));
        Outcome.assertRefused(1, "--input " + table, "line 1: the byte 0xf6");
    }

    @Test
    void aLineOfAHundredMegabytesIsOneLine() throws IOException {
        final Path table = folder.resolve("t.csv");
        final byte[] piece = new byte[1_000_000];
        Arrays.fill(piece, (byte) '1');
        try (OutputStream out = Files.newOutputStream(table)) {
            out.write("a,b\n1,2\n".getBytes(StandardCharsets.US_ASCII));
            for (int i = 0; i < 100; i++) {
                out.write(piece);
            }
        }
        final Outcome outcome = Outcome.run("--json --input " + table);
        assertEquals(1, outcome.exit());
        outcome.assertOneLine("t.csv: the row in line 3 is longer than ");
    }
}
