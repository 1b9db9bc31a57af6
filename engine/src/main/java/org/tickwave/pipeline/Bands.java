package org.tickwave.pipeline;

import java.util.Arrays;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * The bands of an engine, and who runs each: a thread of the engine's own, an agent of the embedder's, or else the caller of
 * {@link #finish}. One thread at a time calls what is here, but for {@link #work}, and {@link #close}.
 */
public final class Bands {
    /** Beyond it whoever is still inside hangs in code that is not ours, or in a layer as long as that. */
    private static final long LEAVE_NS = 500_000_000L;
    private static final long START_NS = 5_000_000_000L;
    private static final long PAUSE_NS = 20_000L;

    private final Progress progress;
    private final Source source;
    private final Wait wait;
    private final Band[] bands;
    private final Thread[] own;
    /** The threads that agents were last called on; null for bands that have none. */
    private final Thread[] agents;
    private Band[] callers;
    private volatile long closedNs;

    /**
     * @param layers      all of them, each at its number
     * @param sampleEvery in which ticks bands take the time; 0 for none
     * @param wait        the caller's
     */
    public Bands(
        final Cut cut, final Layer[] layers, final Image image, final Progress progress, final Source source,
        final int sampleEvery, final Wait wait) {
        this.progress = progress;
        this.source = source;
        this.wait = wait;
        bands = new Band[cut.bands()];
        Arrays.setAll(bands, b -> new Band(b, cut, layers, image, progress, source, sampleEvery));
        own = new Thread[bands.length];
        agents = new Thread[bands.length];
        callers = bands.clone();
    }

    /**
     * Starts a thread for every band but the first.
     *
     * @param names of the threads, by band: what the factory's {@link Runnable} says as text
     * @throws IllegalStateException if the factory gives none, or one that does not run the band
     */
    public void start(final ThreadFactory factory, final Supplier<Wait> waits, final IntFunction<String> names) {
        for (int b = 1; b < bands.length; b++) {
            final Thread thread = factory.newThread(new BandTask(names.apply(b), bands[b], waits.get()));
            if (thread == null) {
                throw new IllegalStateException("the thread factory gave no thread for band " + b);
            }
            giveAway(b);
            thread.start();
            own[b] = thread;
        }
        for (int b = 1; b < bands.length; b++) {
            expectStarted(b);
        }
    }

    /** A factory may wrap what it is given, and what it wraps it in may throw: nobody would hear of that. */
    private void expectStarted(final int band) {
        final long from = System.nanoTime();
        while (true) {
            // Asked first: a thread that has ended by now, and did run the band, has said why it ended.
            final boolean alive = own[band].isAlive();
            if (bands[band].inside != null || progress.failure() != null) {
                return;
            }
            if (!alive || System.nanoTime() - from > START_NS) {
                throw new IllegalStateException("the thread for band " + band + " (" + own[band].getName() + ") "
                    + (alive ? "has not begun to run it" : "ended before it ran it"));
            }
            LockSupport.parkNanos(PAUSE_NS);
        }
    }

    /** From now on the caller does not run this band. */
    public void giveAway(final int band) {
        final Band given = bands[band];
        callers = Arrays.stream(callers).filter(mine -> mine != given).toArray(Band[]::new);
    }

    /** Whether a thread of the engine's own runs it. */
    public boolean ownThread(final int band) {
        return own[band] != null;
    }

    /** Says on which thread the agent of a band is to be called; null for none. */
    public void agent(final int band, final Thread thread) {
        agents[band] = thread;
    }

    /**
     * For the agent of a band: a tick of it, if it may begin.
     *
     * @throws IllegalStateException if another thread is in the band; neither that thread nor the engine fails
     */
    public boolean work(final int band) {
        final Band mine = bands[band];
        mine.enter();
        try {
            if (agents[band] != Thread.currentThread()) {
                agents[band] = Thread.currentThread();
            }
            return mine.tryTick();
        } catch (final WrongThreadException e) {
            throw e;
        } catch (final Throwable e) {
            throw mine.failed(0, e);
        } finally {
            mine.leave();
        }
    }

    /** Refuses to tick where an agent on the calling thread would have to do a part of it. */
    public void expectNoAgentHere() {
        if (callers.length < bands.length && agentHere()) {
            throw new IllegalStateException("a band is run by an agent on this thread: commit the tick, and let the agent do it");
        }
    }

    /** Runs the caller's bands, and waits for the others, until all that is committed is completed. */
    public void finish() {
        final long end = source.committed();
        final boolean agentHere = callers.length < bands.length && agentHere();
        if (callers.length == 1 && !agentHere) {
            run(callers[0], end);
        } else {
            runInTurn(end, agentHere);
        }
        if (agentHere) {
            for (int b = 0; b < bands.length; b++) {
                expectFromAgent(b, end);
            }
        }
        for (final Band band : bands) {
            awaitOther(band, end);
        }
    }

    private void awaitOther(final Band band, final long end) {
        final int layer = band.sweptLast();
        try {
            int looks = 0;
            while (progress.doneAcquire(layer) < end) {
                looks = wait.once(looks);
            }
            wait.over(looks);
        } catch (final Stalled | WrongThreadException e) {
            // Not the engine's end: the one may go on, the other's memory is another thread's.
            throw e;
        } catch (final Throwable e) {
            // The caller's strategy threw, or its memory is gone: as if one of its bands had waited.
            throw (callers.length > 0 ? callers[0] : band).failed(0, e);
        }
    }

    /** The band that has completed the least: it waits for none of the others. */
    public int furthestBehind() {
        int least = 0;
        for (int b = 1; b < bands.length; b++) {
            if (progress.doneAcquire(bands[b].sweptLast()) < progress.doneAcquire(bands[least].sweptLast())) {
                least = b;
            }
        }
        return least;
    }

    /** One tick at a time, the band that is furthest behind first: another thread's may wait for it. */
    private void runInTurn(final long end, final boolean agentHere) {
        while (true) {
            Band next = null;
            for (final Band band : callers) {
                if (band.tick < end && (next == null || band.tick < next.tick)) {
                    next = band;
                }
            }
            if (next == null) {
                return;
            }
            if (agentHere) {
                for (int b = 0; b < bands.length; b++) {
                    // Each band in between may be a tick ahead of the one before it.
                    expectFromAgent(b, next.tick + 1 - Math.abs(b - next.number()));
                }
            }
            run(next, next.tick + 1);
        }
    }

    private void run(final Band band, final long end) {
        if (band.tick == end) {
            return;
        }
        band.enter();
        try {
            band.run(end, wait);
        } catch (final Stalled | WrongThreadException e) {
            // Not the engine's end: the one may go on, the other's memory is another thread's.
            throw e;
        } catch (final Throwable e) {
            throw band.failed(0, e);
        } finally {
            band.leave();
        }
    }

    private boolean agentHere() {
        for (final Thread agent : agents) {
            if (agent == Thread.currentThread()) {
                return true;
            }
        }
        return false;
    }

    /** An agent on the calling thread would be waited for in vain. */
    private void expectFromAgent(final int band, final long ticks) {
        final long done = progress.doneAcquire(bands[band].sweptLast());
        if (agents[band] == Thread.currentThread() && done < ticks) {
            throw new IllegalStateException("band " + band + " is run by an agent on this thread, and has not completed tick "
                + done + ": let the agent do it first");
        }
    }

    /** Ticks of which a band took the time. */
    public long sampledTicks(final int band) {
        return bands[band].sampledTicks;
    }

    /** How long it was at work in them. */
    public long workedNs(final int band) {
        return bands[band].workedNs;
    }

    /** How long it had waited before them. */
    public long waitedNs(final int band) {
        return bands[band].waitedNs;
    }

    /** From any thread: ends all ticks, and waits until no band uses the image any more, and the engine's own threads are gone. */
    public void close() {
        if (!progress.closed()) {
            closedNs = System.nanoTime();
        }
        progress.close();
        for (final Thread thread : own) {
            LockSupport.unpark(thread);
        }
        await(() -> !busy(), closedNs);
    }

    /**
     * After a failure: waits until no other thread is in a band, so that the source may read the image.
     *
     * @throws IllegalStateException if a thread does not leave its band
     */
    public void awaitLeft() {
        for (final Thread thread : own) {
            LockSupport.unpark(thread);
        }
        // The stop word first: a thread that enters after it is set does not stay.
        await(() -> !progress.goesOn() && occupied() == null, System.nanoTime());
        final Band hangs = occupied();
        if (hangs != null) {
            throw new IllegalStateException("band " + hangs.number() + " did not stop within half a second after band "
                + progress.failure().band() + " failed: expected it to return; then call again");
        }
    }

    private static void await(final BooleanSupplier done, final long fromNs) {
        boolean interrupted = false;
        while (!done.getAsBoolean() && System.nanoTime() - fromNs < LEAVE_NS) {
            LockSupport.parkNanos(PAUSE_NS);
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** A band that another thread is in; null if there is none. */
    private Band occupied() {
        for (final Band band : bands) {
            final Thread inside = band.inside;
            if (inside != null && inside != Thread.currentThread()) {
                return band;
            }
        }
        return null;
    }

    private boolean busy() {
        for (final Thread thread : own) {
            if (thread != null && thread != Thread.currentThread() && thread.isAlive()) {
                return true;
            }
        }
        return occupied() != null;
    }
}
