package org.tickwave.bench.watch;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;

/** One open page. One thread offers events, and the page's own thread sends them. A page that is slow loses the oldest. */
final class EventReader {
    static final int MOST_WAITING = 4;
    private static final String END = event("end", "{}");

    /** All events that wait belong to the shape that was offered last. The monitor of this object guards this field and the next two. */
    private final ArrayDeque<String> waiting = new ArrayDeque<>();
    /** The event of that shape, which is sent before the next event; empty if it was sent. */
    private String unsent = "";
    private Shape offered;

    private static String event(final String kind, final String json) {
        return "event: " + kind + "\ndata: " + json + "\n\n";
    }

    /**
     * Adds a sight, and the shape before the sight if the page does not know the shape yet. The page then gets no more sights of the network
     * before. Waits for nothing.
     *
     * @param shape null if no network has been seen
     */
    synchronized void offer(final Shape shape, final String sight) {
        if (shape != null && !shape.equals(offered)) {
            waiting.clear();
            unsent = event("shape", SightJson.of(shape));
            offered = shape;
        }
        add(event("sight", sight));
    }

    /** No event will follow. */
    synchronized void end() {
        add(END);
    }

    private void add(final String event) {
        if (waiting.size() == MOST_WAITING) {
            waiting.remove();
        }
        waiting.add(event);
        notifyAll();
    }

    /** Sends events until the end, or until the page is gone. */
    void sendTo(final OutputStream out) throws IOException, InterruptedException {
        String events;
        do {
            events = next();
            out.write(events.getBytes(StandardCharsets.UTF_8));
            out.flush();
        } while (!events.endsWith(END));
    }

    private synchronized String next() throws InterruptedException {
        while (waiting.isEmpty()) {
            wait();
        }
        final String events = unsent + waiting.remove();
        unsent = "";
        return events;
    }
}
