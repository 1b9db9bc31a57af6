package org.tickwave.pipeline;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.tickwave.layout.CountersDescriptor;

/**
 * The hand-shake: a counter for the source and for each layer, in the image, and a word that ends all waiting.
 *
 * <p>A counter has one writer, who stores it with release after the last vector of a tick; who reads it with acquire sees
 * those vectors, and may write the slots that the writer has read for the last time. Nobody waits for anybody but the
 * source and its neighbours.
 */
public final class Progress {
    /** The layer whose counter is the source's. */
    public static final int SOURCE = 0;

    private static final int GOES_ON = 0;
    private static final int FAILED = 1;
    private static final int CLOSED = 2;
    private static final VarHandle WORD = MethodHandles.arrayElementVarHandle(int[].class);
    /** Two lines on either side of the words are nobody's: they are polled by all, and hardly ever written. */
    private static final int AT = 32;
    private static final int TRIPPED_AT = AT + 1;

    private final MemorySegment image;
    private final long[] counters;
    private final int[] word = new int[2 * AT];
    private volatile Failure failure;

    /**
     * What a band threw.
     *
     * @param band  from 0
     * @param layer that it was in; 0 between two ticks
     * @param tick  that it was in, or that it waited for
     */
    public record Failure(int band, int layer, long tick, Throwable cause) {
    }

    public Progress(final Image image) {
        this.image = image.segment();
        counters = new long[image.layout().geometry().layers() + 1];
        for (int l = 0; l < counters.length; l++) {
            counters[l] = image.layout().counters(l) + CountersDescriptor.DONE_OFFSET;
        }
    }

    /** Ticks that a layer has completed, or that the source has committed. */
    public long doneAcquire(final int layer) {
        return Slot.longAcquire(image, counters[layer]);
    }

    /** For the one writer of that counter. */
    void doneRelease(final int layer, final long ticks) {
        Slot.longRelease(image, counters[layer], ticks);
    }

    /** The guard refused a vector, in a tick that is not done yet. */
    void trip() {
        WORD.setOpaque(word, TRIPPED_AT, 1);
    }

    /** Whether it did since this was asked last. For the source's thread, when all that it committed is completed. */
    public boolean tripped() {
        if ((int) WORD.getOpaque(word, TRIPPED_AT) == 0) {
            return false;
        }
        WORD.setOpaque(word, TRIPPED_AT, 0);
        return true;
    }

    /** Ends all waiting, and every band before its next layer. The first failure is kept. */
    void fail(final Failure what) {
        synchronized (this) {
            if (failure == null) {
                failure = what;
            }
        }
        WORD.compareAndSet(word, AT, GOES_ON, FAILED);
    }

    /** The same, for good. */
    void close() {
        WORD.setVolatile(word, AT, CLOSED);
    }

    public boolean closed() {
        return (int) WORD.getVolatile(word, AT) == CLOSED;
    }

    /** What failed first; null if nothing did. */
    public Failure failure() {
        return failure;
    }

    /** Whether to go on, in program order with what its caller has written: for those who show that they are inside. */
    boolean goesOn() {
        return (int) WORD.getVolatile(word, AT) == GOES_ON;
    }

    /** The same for those who poll. */
    void expectGoing() {
        if ((int) WORD.getOpaque(word, AT) != GOES_ON) {
            // What failed is to be seen, and only then.
            VarHandle.acquireFence();
            throw Stopped.STOPPED;
        }
    }
}
