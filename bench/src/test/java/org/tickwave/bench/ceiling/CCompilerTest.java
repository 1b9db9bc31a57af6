package org.tickwave.bench.ceiling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tickwave.bench.peer.Skipped;

/** The compilers of these tests are scripts, so that they also run where there is no C compiler. */
class CCompilerTest {
    @TempDir
    private Path directory;

    private Path source() throws IOException {
        return Files.writeString(directory.resolve("a.c"), "int a;\n");
    }

    private String script(final String text) throws IOException {
        final Path file = Files.writeString(directory.resolve("compiler"), "#!/bin/sh\n" + text + "\n");
        assertTrue(file.toFile().setExecutable(true));
        return file.toString();
    }

    @ParameterizedTest
    @CsvSource({"'', gcc, false", "'  ', gcc, false", "clang, clang, true", "' ccache  gcc-12 ', ccache|gcc-12, true"})
    void takesTheCompilerThatTheUserNames(final String named, final String command, final boolean chosen) {
        assertEquals(new CCompiler(List.of(command.split("\\|")), chosen), CCompiler.ofEnvironment(Map.of("CC", named)));
        assertEquals(new CCompiler(List.of("gcc"), false), CCompiler.ofEnvironment(Map.of()));
    }

    @Test
    void withoutACompilerCIsLeftOut() throws IOException {
        final String missing = directory.resolve("gcc").toString();
        final Path source = source();
        assertEquals("C is left out: " + missing + " is missing: expected gcc, or a C compiler that CC names",
            assertThrows(Skipped.class, () -> new CCompiler(List.of(missing), false).compile(source)).getMessage());
        assertEquals("CC=" + missing + ": cannot be started: expected a C compiler",
            assertThrows(IllegalStateException.class, () -> new CCompiler(List.of(missing), true).compile(source)).getMessage());
    }

    @Test
    void passesTheArgumentsOfTheUserFirst() throws IOException {
        final CCompiler compiler = new CCompiler(List.of(script("echo \"$@\" >\"$(dirname \"$0\")/arguments\""), "-m64"), true);
        final Path library = compiler.compile(source());
        assertEquals("-m64 -std=gnu11 -O3 -march=native -fPIC -shared -pthread -o " + library + " " + directory.resolve("a.c") + "\n",
            Files.readString(directory.resolve("arguments")));
    }

    /** The first line is what the suite prints; the rest is for a person. */
    @ParameterizedTest
    @CsvSource({
        "a.c: In function 'f':|a.c:3:1: error: expected ';', a.c:3:1: error: expected ';'", "unknown option -march=native, unknown option -march=native",
        "'', exit code 3"})
    void aCompilerThatFailsIsAnErrorWithItsMessage(final String printed, final String first) throws IOException {
        final String command = script("cat <<'E' >&2\n" + printed.replace('|', '\n') + "\nE\nexit 3");
        final Path source = source();
        final String message = assertThrows(IllegalStateException.class, () -> new CCompiler(List.of(command), false).compile(source)).getMessage();
        assertEquals(command + ": " + first, message.lines().findFirst().orElseThrow());
        assertTrue(message.contains("-O3") && message.endsWith(printed.replace('|', '\n') + "\n"), message);
    }
}
