package org.tickwave.bench.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class WatchServerTest {
    private WatchServer server;
    private int port;

    @BeforeEach
    void open() throws IOException {
        server = WatchServer.open("--watch", 0);
        port = URI.create(server.url()).getPort();
    }

    @AfterEach
    void close() {
        server.close();
    }

    /** Sends a request as it is, since clients would not send a foreign host. */
    private Socket ask(final String request) throws IOException {
        final Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        // A server that sends events to a stranger would not end its answer.
        socket.setSoTimeout(30_000);
        socket.getOutputStream().write((request.replace("PORT", Integer.toString(port)).replace("|", "\r\n") + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private String answer(final String request) throws IOException {
        try (Socket socket = ask(request + "|Connection: close"); InputStream in = socket.getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "200, GET / HTTP/1.1|Host: 127.0.0.1:PORT", "200, GET / HTTP/1.1|Host: localhost:PORT", "200, GET / HTTP/1.1|Host: LOCALHOST",
        "200, HEAD / HTTP/1.1|Host: 127.0.0.1:PORT", "200, GET / HTTP/1.1|Host: localhost:1|Origin: http://localhost:1",
        "403, GET / HTTP/1.1|Host: evil.example:PORT", "403, GET /events HTTP/1.1|Host: evil.example", "403, GET / HTTP/1.1|Host: localhost.evil.example",
        "403, GET / HTTP/1.0|Accept: */*",
        "403, GET /events HTTP/1.1|Host: localhost:PORT|Origin: http://evil.example", "403, GET /events HTTP/1.1|Host: localhost:PORT|Origin: null",
        "403, GET /events HTTP/1.1|Host: localhost:PORT|Origin: http://localhost:1",
        "403, GET / HTTP/1.1|Host: localhost|Origin: https://localhost",
        "405, POST / HTTP/1.1|Host: localhost|Content-Length: 0", "405, OPTIONS /events HTTP/1.1|Host: localhost", "405, DELETE / HTTP/1.1|Host: localhost",
        "404, GET /favicon.ico HTTP/1.1|Host: localhost", "404, GET /events/ HTTP/1.1|Host: localhost", "404, GET /../pom.xml HTTP/1.1|Host: localhost"})
    void onlyItsOwnPageMayAsk(final int status, final String request) throws IOException {
        final String answer = answer(request);
        assertTrue(answer.startsWith("HTTP/1.1 " + status + " "), answer.lines().findFirst().orElse("no answer"));
        assertTrue(answer.contains("X-content-type-options: nosniff"), answer);
        assertEquals(status == 200 && request.startsWith("GET"), answer.contains("<!DOCTYPE html>"));
    }

    @Test
    void itListensOnTheLoopbackAddressOnly() throws IOException {
        assertTrue(InetAddress.getByName(URI.create(server.url()).getHost()).isLoopbackAddress(), server.url());
        for (final NetworkInterface face : Collections.list(NetworkInterface.getNetworkInterfaces())) {
            for (final InetAddress address : Collections.list(face.getInetAddresses())) {
                if (!address.isLoopbackAddress()) {
                    assertThrows(IOException.class, () -> new Socket(address, port).close(), address::toString);
                }
            }
        }
    }

    @Test
    void aPortThatIsTakenIsAnErrorOfOneLine() {
        final IOException taken = assertThrows(IOException.class, () -> WatchServer.open("--watch", port));
        assertTrue(taken.getMessage().matches("--watch " + port + ": .*: expected a port that is free; .*"), taken.getMessage());
    }

    /** The next event, as its kind, a space and its data. */
    private static String event(final BufferedReader in) throws IOException {
        String kind = null;
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (line.startsWith("event: ")) {
                kind = line.substring(7);
            } else if (line.startsWith("data: ")) {
                return kind + ' ' + line.substring(6);
            }
        }
        return "closed";
    }

    private static BufferedReader reader(final Socket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    /** By HTTP/1.0 the events come without the lengths of their pieces. */
    private static final String EVENTS = "GET /events HTTP/1.0|Host: localhost";

    private static JsonObject data(final String event, final String kind) {
        assertTrue(event.startsWith(kind + " "), event);
        return JsonParser.parseString(event.substring(kind.length() + 1)).getAsJsonObject();
    }

    private static Watched fixed() {
        final SeenWaves waves = new WaveReader(MadeWatch.chain(), MadeWatch.rings(MadeWatch.chain(), 48)).read(50);
        return new Watched() {
            @Override
            public Shape shape() {
                return MadeWatch.chain();
            }

            @Override
            public Sight look() {
                return new Sight(Sight.State.TICKING, 50, 12, 1_600.5, Double.NaN, 625_000, -1, .25, Double.POSITIVE_INFINITY, waves);
            }
        };
    }

    @Test
    void theEventsHaveTheShapeAndThenTheNumbers() throws IOException {
        server.show(fixed());
        try (Socket socket = ask(EVENTS); BufferedReader in = reader(socket)) {
            final JsonObject shape = data(event(in), "shape");
            assertEquals("2-3-1", shape.get("network").getAsString());
            assertEquals(3, shape.getAsJsonArray("layers").size());
            assertEquals("output", shape.getAsJsonArray("layers").get(2).getAsJsonObject().get("role").getAsString());
            assertEquals("{\"from\":1,\"to\":2,\"ticks\":1,\"back\":false,\"way\":[[1,0.0],[2,0.0]]}", shape.getAsJsonArray("projections").get(1).toString());
            for (int i = 0; i < 2; i++) {
                final JsonObject sight = data(event(in), "sight");
                assertEquals(50, sight.get("ticks").getAsLong());
                assertEquals(12, sight.get("frames").getAsLong());
                assertEquals(1_600.5, sight.get("ticks_per_second").getAsDouble());
                assertTrue(sight.get("tick_ns").isJsonNull() && sight.get("late").isJsonNull() && sight.get("loss_overall").isJsonNull());
                assertEquals("[[0.4800,1.480,2.480],[0.4900,1.490,2.490]]", sight.get("up").toString());
                assertEquals("[[null,1.480,2.480],[null,1.490,2.490]]", sight.get("down").toString());
                assertEquals("[null,[1.490,1.490,1.490],[2.490]]", sight.get("down_bins").toString());
            }
        }
    }

    /** A page hears of a new network before the first sight of that network, and once. */
    @Test
    void aNewNetworkHasANewShape() throws IOException {
        final Watched fixed = fixed();
        final AtomicInteger looks = new AtomicInteger();
        final Shape first = fixed.shape().of(1, 0);
        final Shape second = fixed.shape().of(2, 0);
        server.show(new Watched() {
            @Override
            public Shape shape() {
                return looks.get() < 2 ? null : looks.get() < 4 ? first : second;
            }

            @Override
            public Sight look() {
                looks.incrementAndGet();
                return looks.get() < 2 ? Sight.nothing(Sight.State.WAITING) : fixed.look();
            }
        });
        final StringBuilder kinds = new StringBuilder();
        try (Socket socket = ask(EVENTS); BufferedReader in = reader(socket)) {
            for (int i = 0; i < 7; i++) {
                final String event = event(in);
                kinds.append(event, 0, event.indexOf(' ')).append(event.startsWith("shape ") ? " " + data(event, "shape").get("process") : "").append(", ");
            }
        }
        assertEquals("sight, shape 1, sight, sight, shape 2, sight, sight, ", kinds.toString());
    }

    @Test
    void theEndOfTheRunIsTheLastEvent() throws IOException {
        try (Socket socket = ask(EVENTS); BufferedReader in = reader(socket)) {
            server.show(fixed());
            data(event(in), "shape");
            server.close();
            String last = event(in);
            while (last.startsWith("sight ")) {
                last = event(in);
            }
            assertEquals("end {}", last);
            assertEquals("closed", event(in));
        }
        assertThrows(IOException.class, () -> new Socket(InetAddress.getLoopbackAddress(), port).close());
    }

    /** A reader that reads nothing, while another one gets many large sights. */
    @Test
    void aSlowReaderHoldsUpNobody() throws IOException, InterruptedException {
        final AtomicInteger looks = new AtomicInteger();
        final String title = "x".repeat(1 << 22);
        server.show(new Watched() {
            @Override
            public Shape shape() {
                final Shape chain = MadeWatch.chain();
                return new Shape(title, 1, 0, chain.network(), chain.rule(), 1, 2, chain.columns(), chain.layers(), chain.projections());
            }

            @Override
            public Sight look() {
                looks.incrementAndGet();
                return fixed().look();
            }
        });
        try (Socket slow = ask(EVENTS)) {
            while (server.readers() < 1) {
                Thread.onSpinWait();
            }
            try (Socket socket = ask(EVENTS); BufferedReader in = reader(socket)) {
                assertEquals(title.length(), data(event(in), "shape").get("title").getAsString().length());
                for (int i = 0; i < 2 * EventReader.MOST_WAITING; i++) {
                    data(event(in), "sight");
                }
            }
            assertTrue(looks.get() > EventReader.MOST_WAITING);
            assertTrue(slow.isConnected());
        }
    }

    @Test
    void withoutAReaderNobodyLooks() throws IOException {
        final AtomicInteger looks = new AtomicInteger();
        final Watched fixed = fixed();
        final Watched counted = new Watched() {
            @Override
            public Shape shape() {
                return fixed.shape();
            }

            @Override
            public Sight look() {
                looks.incrementAndGet();
                return fixed.look();
            }
        };
        server.show(counted);
        for (int i = 0; i < 20; i++) {
            assertEquals(200, Integer.parseInt(answer("GET / HTTP/1.1|Host: localhost").substring(9, 12)));
        }
        server.close();
        assertEquals(0, looks.get());
        assertFalse(server.url().isEmpty());
    }

    @Test
    void theJsonOfAGraphHasItsWaysBackAndItsLengths() {
        final JsonObject shape = JsonParser.parseString(SightJson.of(MadeWatch.graph())).getAsJsonObject();
        final List<Boolean> backs = shape.getAsJsonArray("projections").asList().stream().map(each -> each.getAsJsonObject().get("back").getAsBoolean()).toList();
        assertEquals(1, Collections.frequency(backs, true));
        assertEquals("low <b>", shape.getAsJsonArray("layers").get(2).getAsJsonObject().get("name").getAsString());
    }
}
