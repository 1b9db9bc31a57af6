package org.tickwave.pipeline;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.tickwave.layout.CountersDescriptor;

/**
 * The hand-shake: one counter in the image for the source and for each layer, and a stop word that ends all waits.
 *
 * <p>A counter has one writer, which stores it with release after the last vector of a tick. A thread that loads the counter
 * with acquire sees those vectors, and may overwrite the slots that the writer of the counter has read for the last time. A
 * band waits only for the source and for neighbours of its layers.
 */
public final class Progress {
    /** The index of the source's counter. */
    public static final int SOURCE = 0;

    private static final int RUNNING = 0;
    private static final int FAILED = 1;
    private static final int CLOSED = 2;
    private static final VarHandle WORDS = MethodHandles.arrayElementVarHandle(int[].class);
    /** Every thread polls these words, and stores to them are rare. Two cache lines on either side hold nothing else. */
    private static final int STOP_AT = 32;
    private static final int TRIPPED_AT = STOP_AT + 1;

    private final MemorySegment image;
    private final StateWords states;
    private final long[] counters;
    private final int[] words = new int[2 * STOP_AT];
    private volatile Failure failure;
    private boolean left;
    private Observer observer = Observer.DEAF;

    /**
     * The failure of a band.
     *
     * @param band  from 0
     * @param layer the layer that failed; 0 between two ticks
     * @param tick  the tick that failed, or that the band waited for
     * @param cause the exception of the band
     */
    public record Failure(int band, int layer, long tick, Throwable cause) {
    }

    /** @param image at rest. If its counters hold trips of the guard, these trips wait to be thrown */
    public Progress(final Image image) {
        this.image = image.segment();
        states = new StateWords(this.image);
        counters = new long[image.layout().geometry().wiring().layers()];
        for (int l = 0; l < counters.length; l++) {
            counters[l] = image.layout().counters(l) + CountersDescriptor.DONE_OFFSET;
            if (image.tripsAcquire(l) > 0) {
                trip();
            }
        }
    }

    /** Sets who hears what the bands tell. For the thread that opens the engine, before another thread runs a band. */
    public void observer(final Observer newObserver) {
        observer = newObserver;
    }

    Observer observer() {
        return observer;
    }

    StateWords states() {
        return states;
    }

    /** How many ticks a layer has completed, or the source has committed. */
    public long doneAcquire(final int layer) {
        return Slot.longAcquire(image, counters[layer]);
    }

    /** Called by the one writer of the counter. */
    void doneRelease(final int layer, final long ticks) {
        Slot.longRelease(image, counters[layer], ticks);
    }

    /** Notes that the guard refused a vector, in a tick that is not done yet. */
    void trip() {
        WORDS.setOpaque(words, TRIPPED_AT, 1);
    }

    /**
     * Whether the guard has refused a vector since the last call. For the source's thread, when every committed tick is
     * completed.
     */
    public boolean tripped() {
        if ((int) WORDS.getOpaque(words, TRIPPED_AT) == 0) {
            return false;
        }
        WORDS.setOpaque(words, TRIPPED_AT, 0);
        return true;
    }

    /**
     * Ends all waits, and stops every band before its next layer. Keeps the first failure. The monitor keeps {@link #left} from
     * returning between the stop word and the END of the image.
     */
    private synchronized void stop(final Failure what) {
        if (failure == null) {
            failure = what;
        }
        if (WORDS.compareAndSet(words, STOP_AT, RUNNING, FAILED)) {
            states.failedRelease();
        }
    }

    /** Ends all waits, stops every band before its next layer, and tells the observer. Not in the monitor: the observer may close the engine. */
    void fail(final Failure what) {
        stop(what);
        observer.failed(what);
    }

    /** Ends all waits, and stops every band before its next layer, for good. */
    void close() {
        WORDS.setVolatile(words, STOP_AT, CLOSED);
    }

    /** Notes in the image that the engine is closed. Only once: the memory may serve another purpose afterwards. */
    synchronized void left() {
        if (!left) {
            left = true;
            states.closedRelease();
        }
    }

    public boolean closed() {
        return (int) WORDS.getVolatile(words, STOP_AT) == CLOSED;
    }

    /** The first failure; null if no band has failed. */
    public Failure failure() {
        return failure;
    }

    /**
     * Whether the engine runs. A volatile load, ordered after the volatile store by which the caller has marked itself inside.
     */
    boolean running() {
        return (int) WORDS.getVolatile(words, STOP_AT) == RUNNING;
    }

    /** Throws if the engine has stopped. For polling. */
    void expectRunning() {
        if ((int) WORDS.getOpaque(words, STOP_AT) != RUNNING) {
            // The fence makes the failure visible. Polls that find nothing need no fence.
            VarHandle.acquireFence();
            throw Stopped.STOPPED;
        }
    }
}
