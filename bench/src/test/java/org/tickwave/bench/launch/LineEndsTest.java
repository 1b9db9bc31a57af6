package org.tickwave.bench.launch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A clone has the bytes of the project, even if git is configured to write CRLF. */
class LineEndsTest {
    private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
    private static final Path RESOURCES = Path.of("bench", "src", "test", "resources", "org", "tickwave", "bench");

    @TempDir
    Path directory;

    private void git(final String... arguments) throws IOException, InterruptedException {
        final List<String> command = new ArrayList<>(List.of(
            "git", "-c", "core.autocrlf=true", "-c", "core.safecrlf=false", "-c", "user.name=test",
            "-c", "user.email=test@localhost", "-c", "commit.gpgsign=false", "-c", "init.defaultBranch=main"));
        command.addAll(List.of(arguments));
        final ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("GIT_"));
        builder.environment().put("GIT_CONFIG_NOSYSTEM", "1");
        builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
        final Process process = builder.start();
        final String said = new String(process.getInputStream().readAllBytes());
        assertEquals(0, process.waitFor(), command + ": " + said);
    }

    @Test
    void areThoseOfTheProject() throws IOException, InterruptedException {
        assumeTrue(Checkout.find("git") != null, "no git here");
        final Path original = directory.resolve("original");
        final List<Path> files = new ArrayList<>(List.of(
            Path.of("tickwave"), Path.of(".ci", "run"), Path.of("pom.xml"), Path.of("native-layout-docs", "reader.c"),
            Path.of("bench", "src", "launcher", "help.txt")));
        for (final String binary : List.of("fuzz", "model")) {
            try (var all = Files.walk(PROJECT.resolve(RESOURCES).resolve(binary))) {
                all.filter(Files::isRegularFile).forEach(file -> files.add(PROJECT.relativize(file)));
            }
        }
        files.add(Path.of(".gitattributes"));
        for (final Path file : files) {
            Files.createDirectories(original.resolve(file).getParent());
            if (Files.exists(PROJECT.resolve(file))) {
                Files.copy(PROJECT.resolve(file), original.resolve(file));
            }
        }
        // A file that git takes for text, with both kinds of line ends.
        final Path mixed = RESOURCES.resolve("fuzz/y4m/mixed");
        Files.writeString(original.resolve(mixed), "YUV4MPEG2 W1\r\nFRAME\nx\r\n");
        files.add(mixed);
        git("init", "-q", "original");
        git("-C", "original", "add", ".");
        git("-C", "original", "commit", "-q", "-m", "all");
        git("clone", "-q", "original", "clone");
        for (final Path file : files) {
            final Path cloned = directory.resolve("clone").resolve(file);
            assertTrue(Files.exists(cloned), file.toString());
            assertArrayEquals(Files.readAllBytes(original.resolve(file)), Files.readAllBytes(cloned), file.toString());
        }
    }
}
