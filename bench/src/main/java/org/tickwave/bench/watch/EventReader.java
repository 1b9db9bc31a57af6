package org.tickwave.bench.watch;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/** One open page. One thread offers events, and the page's own thread sends them. A page that is slow loses the oldest. */
final class EventReader {
    static final int MOST_WAITING = 4;
    private static final String END = "";

    private final BlockingQueue<String> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    /** Sent before the next event; null if there is none to send. */
    private volatile String shape;
    /** The shape that was offered last. Only the thread that offers uses this field. */
    private Shape offered;

    /** Lets the page know the shape, if the page does not know it yet. Does nothing if the shape is null. */
    void shape(final Shape newest) {
        if (newest != null && !newest.equals(offered)) {
            offered = newest;
            shape = event("shape", SightJson.of(newest));
        }
    }

    private static String event(final String kind, final String json) {
        return "event: " + kind + "\ndata: " + json + "\n\n";
    }

    /** Adds an event. Waits for nothing. */
    void offer(final String kind, final String json) {
        add(event(kind, json));
    }

    private void add(final String text) {
        while (!waiting.offer(text)) {
            waiting.poll();
        }
    }

    /** No event will follow. */
    void end() {
        add(END);
    }

    /** Sends events until the end, or until the page is gone. */
    void sendTo(final OutputStream out) throws IOException, InterruptedException {
        while (true) {
            final String text = waiting.take();
            final String first = shape;
            if (first != null) {
                shape = null;
                out.write(first.getBytes(StandardCharsets.UTF_8));
            }
            out.write((text.equals(END) ? event("end", "{}") : text).getBytes(StandardCharsets.UTF_8));
            out.flush();
            if (text.equals(END)) {
                return;
            }
        }
    }
}
