package org.tickwave.bench.watch;

import org.tickwave.Engine;
import org.tickwave.ImageNumbers;
import org.tickwave.Network;
import org.tickwave.bench.report.RunDescription;

/** Watches a run in this process. The thread that looks reads the waves from the rings, and takes the numbers of {@link RunNumbers}. */
public final class RunWatch implements Watched {
    private static final long REST_NS = 2_000_000_000L;
    /** Ticks that the rings of a watched run keep: a frame's way up, and its error's way down. */
    private static final int LEAST_HISTORY = 6;

    private final Engine engine;
    private final RunNumbers numbers;
    private final Shape shape;
    private final WaveReader reader;
    private final Speed speed = new Speed();
    private volatile Sight.State over;

    /** @param numbers of the same run; observes the session */
    public RunWatch(final RunDescription description, final Engine engine, final RunNumbers numbers) {
        this.engine = engine;
        this.numbers = numbers;
        shape = Shapes.of(description);
        reader = new WaveReader(shape, WaveReader.Rings.of(engine.waves()));
    }

    /** How many ticks more the rings of a watched network should keep. */
    public static int history(final Network network) {
        return Math.clamp(2L * network.latency(), LEAST_HISTORY, WaveReader.TICKS - 2);
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
        numbers.request();
        final ImageNumbers newest = numbers.newest();
        final long completed = engine.completed();
        final double perSecond = speed.perSecond(System.nanoTime(), completed);
        final Sight.State now = over;
        return Sight.of(now != null ? now : completed == 0 ? Sight.State.OPENING : speed.rests(REST_NS) ? Sight.State.AT_REST : Sight.State.TICKING,
            completed, numbers.fed(), perSecond, newest, reader.read(completed));
    }
}
