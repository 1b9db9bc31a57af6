package org.tickwave.bench.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class EventReaderTest {
    private static final Shape FIRST = MadeWatch.chain().of(1, 0);
    private static final Shape SECOND = MadeWatch.chain().of(2, 0);

    private final EventReader reader = new EventReader();

    /** What a page gets that reads nothing before the end: sights as they were offered, and the process of a shape. */
    private String sent() throws IOException, InterruptedException {
        reader.end();
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        reader.sendTo(out);
        return out.toString(StandardCharsets.UTF_8).lines().filter(line -> line.startsWith("data: ")).map(line -> line.substring(6))
            .map(data -> data.startsWith("{\"title\"") ? "process " + JsonParser.parseString(data).getAsJsonObject().get("process") : data)
            .collect(Collectors.joining(", "));
    }

    @Test
    void theSightsOfAnotherWriterDoNotFollowTheNewShape() throws IOException, InterruptedException {
        reader.offer(FIRST, "1");
        reader.offer(FIRST, "2");
        reader.offer(SECOND, "3");
        reader.offer(SECOND, "4");
        assertEquals("process 2, 3, 4, {}", sent());
    }

    @Test
    void aSlowPageLosesTheOldestSightsButNotTheShape() throws IOException, InterruptedException {
        reader.offer(null, "0");
        for (int i = 1; i <= 2 * EventReader.MOST_WAITING; i++) {
            reader.offer(FIRST, Integer.toString(i));
        }
        assertEquals("process 1, 6, 7, 8, {}", sent());
    }

    @Test
    void withoutANetworkThereIsNoShape() throws IOException, InterruptedException {
        reader.offer(null, "0");
        assertEquals("0, {}", sent());
    }
}
