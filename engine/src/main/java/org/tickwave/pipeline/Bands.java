package org.tickwave.pipeline;

import java.util.Arrays;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * The bands of an engine. Three kinds of threads can run a band: one of the engine's own threads, the thread that calls the
 * band's agent, or the thread that calls {@link #finish}. One thread at a time, the source, calls the methods of this class.
 * The thread of an agent calls {@link #work} and {@link #agent}. Any thread may call {@link #close}.
 */
public final class Bands {
    /** How long {@link #close} and {@link #awaitLeft} wait until the threads have left the bands. A thread that stays longer hangs. */
    private static final long LEAVE_NS = 500_000_000L;
    private static final long START_NS = 5_000_000_000L;
    private static final long PAUSE_NS = 20_000L;

    private final Progress progress;
    private final Source source;
    private final Wait wait;
    private final Band[] bands;
    private final int[][] ticksApart;
    private final Thread[] own;
    /** For each band, the thread that last called the band's agent; null if there is no such thread. */
    private final Thread[] agents;
    /** The bands that run on the thread that calls finish(). */
    private Band[] callers;
    private volatile long closedNs;

    /**
     * @param layers      layer l at index l
     * @param sampleEvery each band times every n-th tick; 0 to time none
     * @param wait        how the thread that calls {@link #finish} waits for other bands
     */
    public Bands(
        final Cut cut, final Layer[] layers, final Image image, final Progress progress, final Source source,
        final int sampleEvery, final Wait wait) {
        this.progress = progress;
        this.source = source;
        this.wait = wait;
        bands = new Band[cut.bands()];
        Arrays.setAll(bands, b -> new Band(b, cut, layers, image, progress, source, sampleEvery));
        ticksApart = cut.ticksApart();
        own = new Thread[bands.length];
        agents = new Thread[bands.length];
        callers = bands.clone();
    }

    /**
     * Starts a thread for every band but the first.
     *
     * @param names gives the thread name for a band's number. The factory finds this name in the {@code toString()} of the
     *              {@link Runnable} that it gets
     * @throws IllegalStateException if the factory gives no thread, or a thread that does not run the band
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

    /** A factory may wrap the task in its own Runnable, and that Runnable may throw. Without this check the error would be lost. */
    private void expectStarted(final int band) {
        final long from = System.nanoTime();
        while (true) {
            // Read isAlive() before the failure: if the thread has ended, everything that it wrote is visible after this.
            final boolean alive = own[band].isAlive();
            if (bands[band].inside != null || progress.failure() != null) {
                return;
            }
            if (!alive || System.nanoTime() - from > START_NS) {
                throw new IllegalStateException("the thread for band " + band + " (" + own[band].getName() + ") "
                    + (alive ? "has not begun to run the band" : "ended without running the band"));
            }
            LockSupport.parkNanos(PAUSE_NS);
        }
    }

    /** From now on {@link #finish} no longer runs the band: another thread does. */
    public void giveAway(final int band) {
        final Band given = bands[band];
        callers = Arrays.stream(callers).filter(mine -> mine != given).toArray(Band[]::new);
    }

    /** Whether one of the engine's own threads runs the band. */
    public boolean ownThread(final int band) {
        return own[band] != null;
    }

    /** Sets the thread that calls the agent of a band; null for no thread. */
    public void agent(final int band, final Thread thread) {
        agents[band] = thread;
    }

    /**
     * Called by the agent of a band: does one tick of the band, if the tick may begin.
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

    /** Throws if an agent on the calling thread runs a band: a tick on this thread would wait for the agent without end. */
    public void expectNoAgentHere() {
        if (callers.length < bands.length && agentHere()) {
            throw new IllegalStateException("an agent on this thread runs a band: expected commit(); the agent then does the tick");
        }
    }

    /** Runs the caller's bands and waits for the others, until every committed tick is completed. */
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
        source.rest();
    }

    private void awaitOther(final Band band, final long end) {
        final int layer = band.sweptLast();
        try {
            int polls = 0;
            while (progress.doneAcquire(layer) < end) {
                polls = wait.pause(polls);
            }
            wait.done(polls);
        } catch (final Stalled | WrongThreadException e) {
            // These exceptions do not fail the engine: see run().
            throw e;
        } catch (final Throwable e) {
            // The idle strategy threw, or the arena is closed. This counts as a failure of the caller's first band.
            throw (callers.length > 0 ? callers[0] : band).failed(0, e);
        }
    }

    /** The band that has completed the fewest ticks. This band waits for no other band. */
    public int furthestBehind() {
        int least = 0;
        for (int b = 1; b < bands.length; b++) {
            if (progress.doneAcquire(bands[b].sweptLast()) < progress.doneAcquire(bands[least].sweptLast())) {
                least = b;
            }
        }
        return least;
    }

    /**
     * Runs the caller's bands up to tick {@code end}. Each step runs one tick of the band that has done the fewest ticks, because
     * bands on other threads may wait for this tick.
     */
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
                    expectFromAgent(b, next.tick + 1 - ticksApart[b][next.number()]);
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
            // These exceptions do not fail the engine. After a stall the slow band may still go on. After a call on the wrong
            // thread, the thread that owns the confined arena may still use the engine.
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

    /** Throws if the caller would have to wait for an agent on the calling thread. That wait would never end. */
    private void expectFromAgent(final int band, final long ticks) {
        final long done = progress.doneAcquire(bands[band].sweptLast());
        if (agents[band] == Thread.currentThread() && done < ticks) {
            throw new IllegalStateException("an agent on this thread runs band " + band + ", which has not completed tick "
                + done + ": expected the agent to do that tick first");
        }
    }

    /** How many ticks a band has timed. */
    public long sampledTicks(final int band) {
        return bands[band].sampledTicks;
    }

    /** How long the band worked in the timed ticks. */
    public long workedNs(final int band) {
        return bands[band].workedNs;
    }

    /** How long the band waited before the timed ticks. */
    public long waitedNs(final int band) {
        return bands[band].waitedNs;
    }

    /**
     * Stops all bands. Then waits until no band uses the image and the engine's own threads have ended, for half a second at
     * most. Any thread may call this.
     */
    public void close() {
        if (!progress.closed()) {
            closedNs = System.nanoTime();
        }
        progress.close();
        for (final Thread thread : own) {
            LockSupport.unpark(thread);
        }
        await(() -> !busy(), closedNs);
        progress.left();
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
        // Call running() before occupied(): once the stop word is set, a thread that enters a band leaves at once.
        await(() -> !progress.running() && occupied() == null, System.nanoTime());
        final Band hanging = occupied();
        if (hanging != null) {
            throw new IllegalStateException("band " + hanging.number() + " is still running, half a second after this call began; band "
                + progress.failure().band() + " has failed: call again when band " + hanging.number() + " has stopped");
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

    /** A band in which there is another thread than the caller; null if there is no such band. */
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
