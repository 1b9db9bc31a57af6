package org.tickwave.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Shared memory is read and written through var handles, and each access names its memory order. */
class AccessModesTest {
    private static final Path SOURCES = Path.of("src/main/java/org/tickwave/pipeline");
    private static final Pattern HANDLE = Pattern.compile("VarHandle ([A-Z]+) =");

    @Test
    void noVarHandleIsUsedPlain() throws IOException {
        final List<String> plain = new ArrayList<>();
        int handles = 0;
        try (Stream<Path> files = Files.list(SOURCES)) {
            for (final Path file : files.sorted().toList()) {
                final String source = Files.readString(file);
                final List<String> found = HANDLE.matcher(source).results().map(name -> name.group(1)).toList();
                handles += found.size();
                final List<String> names = new ArrayList<>(found);
                names.add("Slot.LONG");
                final Pattern use = Pattern.compile("\\b(?:" + String.join("|", names) + ")\\.(?:get|set)\\(");
                source.lines().filter(line -> use.matcher(line).find()).forEach(plain::add);
            }
        }
        assertTrue(handles >= 4, "found " + handles + " var handles");
        assertEquals(List.of(), plain);
    }
}
