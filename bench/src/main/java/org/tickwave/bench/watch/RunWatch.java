package org.tickwave.bench.watch;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLongArray;
import org.tickwave.Engine;
import org.tickwave.Network;
import org.tickwave.bench.report.RunDescription;
import org.tickwave.bench.score.Models;
import org.tickwave.bench.score.Series;
import org.tickwave.bench.session.Session;
import org.tickwave.bench.session.SessionObserver;

/**
 * Watches a run in this process. The run's thread stores the time of each tick. When somebody looks, the run's thread also copies a few
 * numbers, between two ticks. The thread that looks reads the waves from the rings.
 */
public final class RunWatch implements Watched, SessionObserver {
    private static final int TIMES = 64;
    /** The loss lately is the mean of so many frames. */
    private static final int LATELY = 256;
    private static final long REST_NS = 2_000_000_000L;
    /** Ticks that the rings of a watched run keep: a frame's way up, and its error's way down. */
    private static final int LEAST_HISTORY = 6;

    /** What the run's thread copied last. */
    private record Copied(long frames, long late, double lossLately, double lossOverall) {
    }

    private final RunDescription description;
    private final Engine engine;
    private final SessionObserver next;
    private final Shape shape;
    private final WaveReader reader;
    private final Speed speed = new Speed();
    private final AtomicLongArray tickNs = new AtomicLongArray(TIMES);
    /** Only the run's thread uses this field. */
    private long ticked;
    private volatile boolean requested;
    private volatile Copied copied = new Copied(0, -1, Double.NaN, Double.NaN);
    private volatile Sight.State over;

    /** @param next observes the session too */
    public RunWatch(final RunDescription description, final Engine engine, final SessionObserver next) {
        this.description = description;
        this.engine = engine;
        this.next = next;
        shape = Shapes.of(description);
        reader = new WaveReader(shape, WaveReader.Rings.of(engine.waves()));
    }

    /** How many ticks more the rings of a watched network should keep. */
    public static int history(final Network network) {
        return Math.clamp(2L * network.latency(), LEAST_HISTORY, WaveReader.TICKS - 2);
    }

    @Override
    public void ticked(final Session session, final long tookNs) {
        tickNs.setOpaque((int) (ticked++ % TIMES), tookNs);
        if (requested) {
            copied = copy(session);
            requested = false;
        }
        next.ticked(session, tookNs);
    }

    private static Copied copy(final Session session) {
        final Series losses = session.scores().losses();
        final long count = losses.count();
        return new Copied(session.frames(), session.description().live() ? session.late() : -1,
            losses.mean(Models.NETWORK, Math.max(0, count - LATELY), count), losses.mean(Models.NETWORK, 0, count));
    }

    /** Says that no tick will follow. */
    public void end(final boolean failed) {
        over = failed ? Sight.State.FAILED : Sight.State.ENDED;
    }

    @Override
    public Shape shape() {
        return shape;
    }

    @Override
    public Sight look() {
        requested = true;
        final Copied numbers = copied;
        final long completed = engine.completed();
        final double perSecond = speed.perSecond(System.nanoTime(), completed);
        final Sight.State now = over;
        return new Sight(now != null ? now : completed == 0 ? Sight.State.OPENING : speed.rests(REST_NS) ? Sight.State.AT_REST : Sight.State.TICKING,
            completed, numbers.frames, perSecond, median(), description.budgetNs(), numbers.late, numbers.lossLately, numbers.lossOverall,
            reader.read(completed));
    }

    private double median() {
        final long[] times = new long[TIMES];
        for (int i = 0; i < TIMES; i++) {
            times[i] = tickNs.getOpaque(i);
        }
        final long[] known = Arrays.stream(times).filter(ns -> ns > 0).sorted().toArray();
        return known.length == 0 ? Double.NaN : known[known.length / 2];
    }
}
