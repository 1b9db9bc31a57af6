package org.tickwave.bench.watch;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLongArray;
import org.tickwave.ImageNumbers;
import org.tickwave.bench.score.Models;
import org.tickwave.bench.score.Series;
import org.tickwave.bench.session.Session;
import org.tickwave.bench.session.SessionObserver;

/**
 * The numbers of a run for those who watch it, beside it or through its image file. The session's thread stores the time of each tick. It
 * copies the other numbers only after a request. All other methods are for any thread.
 */
public final class RunNumbers implements SessionObserver {
    /** The tick time is the median of so many ticks. */
    private static final int TIMES = 64;
    /** The loss lately is the mean of so many frames. */
    private static final long LATELY = 256;

    private final SessionObserver next;
    private final AtomicLongArray tickNs = new AtomicLongArray(TIMES);
    /** Only the session's thread uses this field. */
    private long ticked;
    private volatile boolean requested = true;
    private volatile long fed;
    private volatile ImageNumbers copied = ImageNumbers.UNKNOWN;

    /** @param next observes the session too */
    public RunNumbers(final SessionObserver next) {
        this.next = next;
    }

    @Override
    public void ticked(final Session session, final long tookNs) {
        tickNs.setOpaque((int) (ticked++ % TIMES), tookNs);
        if (requested) {
            requested = false;
            copy(session);
        }
        next.ticked(session, tookNs);
    }

    /** Copies the numbers of now. For the session's thread, between two ticks or after the last one. */
    public void copy(final Session session) {
        final Series losses = session.scores().losses();
        final long count = losses.count();
        fed = session.frames();
        copied = new ImageNumbers(session.description().budgetNs(), session.description().live() ? session.description().scheduledNs() : Double.NaN,
            session.feed().read(), session.late(), losses.mean(Models.NETWORK, Math.max(0, count - LATELY), count),
            losses.mean(Models.NETWORK, 0, count), Double.NaN);
    }

    /** Has the session's thread copy its numbers after the next tick. */
    public void request() {
        requested = true;
    }

    /** How many frames were fed to the network, when the numbers were copied last. */
    long fed() {
        return fed;
    }

    /** The numbers that were copied last, with the median time of the newest ticks. */
    public ImageNumbers newest() {
        final ImageNumbers last = copied;
        return new ImageNumbers(last.budgetNs(), last.scheduledNs(), last.framesRead(), last.lateFrames(), last.lossLately(), last.loss(), medianNs());
    }

    private double medianNs() {
        final long[] times = new long[TIMES];
        for (int i = 0; i < TIMES; i++) {
            times[i] = tickNs.getOpaque(i);
        }
        final long[] known = Arrays.stream(times).filter(ns -> ns > 0).sorted().toArray();
        return known.length == 0 ? Double.NaN : known[known.length / 2];
    }
}
