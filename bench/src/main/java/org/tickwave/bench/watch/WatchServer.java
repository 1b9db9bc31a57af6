package org.tickwave.bench.watch;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ExecutorService;

/**
 * Serves the page of a watched network on this machine only, and sends each page ten sights a second as server-sent events. All threads
 * are daemons. A slow reader misses sights and holds up nobody. Without a reader nobody looks at the network.
 */
public final class WatchServer implements AutoCloseable {
    private static final long EVERY_MS = 100;
    /** Each reader has a thread. */
    private static final int MOST_READERS = 32;
    /** A wait for the last sight to be sent. */
    private static final long GOODBYE_MS = 1_000;
    /** Names of this machine. A page of another site can make a browser ask here, but not under one of these names. */
    private static final Set<String> NAMES = Set.of("127.0.0.1", "localhost", "[::1]");

    private final HttpServer server;
    private final ExecutorService threads;
    private final byte[] page = WatchPage.html().getBytes(StandardCharsets.UTF_8);
    private final List<EventReader> readers = new CopyOnWriteArrayList<>();
    private final Thread looker;
    private volatile Watched watched;
    private volatile boolean closed;

    private WatchServer(final HttpServer server) {
        this.server = server;
        threads = Executors.newCachedThreadPool(Thread.ofPlatform().daemon().name("tickwave-watch-", 0).factory());
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        looker = Thread.ofPlatform().daemon().name("tickwave-look").unstarted(this::look);
    }

    /**
     * Takes a port, and serves a page that says that nothing is to be seen yet.
     *
     * @param option the option that asked for the page, for messages
     * @param port   0 for any free port
     * @throws IOException with a message for the user if the port is taken
     */
    public static WatchServer open(final String option, final int port) throws IOException {
        final HttpServer server;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (final BindException e) {
            throw new IOException(option + " " + port + ": " + e.getMessage() + ": expected a port that is free; without a number any free port is taken", e);
        }
        final WatchServer watch = new WatchServer(server);
        // The server's own thread inherits that this thread is a daemon.
        final Thread starter = Thread.ofPlatform().daemon().start(server::start);
        try {
            starter.join();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        watch.looker.start();
        return watch;
    }

    /** The address of the page. */
    public String url() {
        final InetSocketAddress address = server.getAddress();
        final String host = address.getAddress().getHostAddress();
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort() + "/";
    }

    /** Shows a network from now on. */
    public synchronized void show(final Watched newWatched) {
        watched = newWatched;
        notifyAll();
    }

    private void look() {
        while (!closed) {
            final Watched seen = watched;
            if (seen != null && !readers.isEmpty()) {
                sendAll(seen);
            }
            synchronized (this) {
                try {
                    if (!closed) {
                        wait(EVERY_MS);
                    }
                } catch (final InterruptedException e) {
                    return;
                }
            }
        }
    }

    private void sendAll(final Watched seen) {
        final Sight sight;
        final Shape shape;
        synchronized (seen) {
            sight = seen.look();
            shape = seen.shape();
        }
        final String text = SightJson.of(sight);
        for (final EventReader reader : readers) {
            reader.offer(shape, text);
        }
    }

    private void answer(final HttpExchange exchange) throws IOException {
        try (exchange) {
            final String path = exchange.getRequestURI().getPath();
            final String method = exchange.getRequestMethod();
            exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
            exchange.getResponseHeaders().set("Cache-Control", "no-store");
            exchange.getResponseHeaders().set("Referrer-Policy", "no-referrer");
            exchange.getResponseHeaders().set("Cross-Origin-Resource-Policy", "same-origin");
            exchange.getResponseHeaders().set("Content-Security-Policy", WatchPage.POLICY);
            if (!own(exchange.getRequestHeaders())) {
                send(exchange, 403, "text/plain", "expected a request from this machine's own page\n".getBytes(StandardCharsets.UTF_8));
            } else if (!method.equals("GET") && !method.equals("HEAD")) {
                exchange.getResponseHeaders().set("Allow", "GET, HEAD");
                send(exchange, 405, "text/plain", "expected GET or HEAD\n".getBytes(StandardCharsets.UTF_8));
            } else if (path.equals("/")) {
                send(exchange, 200, "text/html; charset=utf-8", page);
            } else if (path.equals("/events")) {
                events(exchange);
            } else {
                send(exchange, 404, "text/plain", "expected / or /events\n".getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    /** Whether the request names this machine, and comes from a page of this server or from no page. */
    private static boolean own(final Headers headers) {
        final List<String> hosts = headers.getOrDefault("Host", List.of());
        if (hosts.size() != 1) {
            return false;
        }
        final String host = hosts.getFirst().toLowerCase(Locale.ROOT);
        return NAMES.contains(host.replaceFirst(":[0-9]{1,5}$", ""))
            && headers.getOrDefault("Origin", List.of()).stream().allMatch(("http://" + host)::equalsIgnoreCase);
    }

    private static void send(final HttpExchange exchange, final int status, final String type, final byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
            exchange.sendResponseHeaders(status, -1);
            return;
        }
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    private void events(final HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(200, -1);
            return;
        }
        final EventReader reader = new EventReader();
        synchronized (readers) {
            if (closed || readers.size() >= MOST_READERS) {
                send(exchange, 503, "text/plain", ("expected at most " + MOST_READERS + " readers\n").getBytes(StandardCharsets.UTF_8));
                return;
            }
            readers.add(reader);
        }
        try {
            exchange.sendResponseHeaders(200, 0);
            final OutputStream out = exchange.getResponseBody();
            // Tells the page at once that the connection stands.
            out.write(": tickwave\n\n".getBytes(StandardCharsets.UTF_8));
            out.flush();
            reader.sendTo(out);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            readers.remove(reader);
        }
    }

    /** How many pages listen now. */
    int readers() {
        return readers.size();
    }

    @Override
    public void close() {
        finish();
    }

    /** Sends a last sight, says that no sight will follow, and ends the server. Open pages keep what they show. */
    public void finish() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            notifyAll();
        }
        try {
            looker.join();
            final Watched seen = watched;
            if (seen != null && !readers.isEmpty()) {
                sendAll(seen);
            }
            synchronized (readers) {
                readers.forEach(EventReader::end);
            }
            final long untilNs = System.nanoTime() + GOODBYE_MS * 1_000_000;
            while (!readers.isEmpty() && System.nanoTime() < untilNs) {
                Thread.sleep(1);
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        server.stop(0);
        threads.shutdownNow();
    }
}
