package org.tickwave.pipeline;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.tickwave.layout.HeaderDescriptor;
import org.tickwave.layout.ImageState;

/**
 * The state word in the header of an image, for observers and for who attaches to the image. No thread of the engine reads it:
 * a band may look at its stop word after the image was freed, so the stop word is on the heap.
 *
 * <p>The source moves the word to and fro between at rest and ticking by compare-and-set. So it never overwrites a failure, which
 * any thread may store meanwhile. Closed is the last state.
 */
public final class StateWord {
    private static final VarHandle INT = ValueLayout.JAVA_INT.withOrder(ByteOrder.LITTLE_ENDIAN).varHandle();

    private final MemorySegment image;

    StateWord(final MemorySegment image) {
        this.image = image;
    }

    /** The state of the image in a segment. Later loads see at least what was stored before that state. */
    public static ImageState stateAcquire(final MemorySegment image) {
        return ImageState.values()[codeAcquire(image)];
    }

    /** The code of the state, which may be that of no state. Later loads see at least what was stored before. */
    static int codeAcquire(final MemorySegment image) {
        return (int) INT.getAcquire(image, (long) HeaderDescriptor.STATE_OFFSET);
    }

    /** Called when an image at rest gets a new engine. */
    void attachedVolatile() {
        INT.setVolatile(image, (long) HeaderDescriptor.STATE_OFFSET, ImageState.AT_REST.ordinal());
    }

    /** Called before MAGIC is written. */
    void openedVolatile() {
        moveVolatile(ImageState.OPENING, ImageState.AT_REST);
    }

    /** Called by the source, before ticks that it commits. */
    void tickingVolatile() {
        moveVolatile(ImageState.AT_REST, ImageState.TICKING);
    }

    /** Called by the source, when every committed tick is completed. */
    void atRestVolatile() {
        try {
            moveVolatile(ImageState.TICKING, ImageState.AT_REST);
        } catch (final IllegalStateException e) {
            if (image.scope().isAlive()) {
                throw e;
            }
            // The arena was closed meanwhile. The ticks are completed all the same.
        }
    }

    private void moveVolatile(final ImageState from, final ImageState to) {
        INT.compareAndSet(image, (long) HeaderDescriptor.STATE_OFFSET, from.ordinal(), to.ordinal());
    }

    /** Called by any thread, unless the image is closed. */
    void failedVolatile() {
        store(ImageState.FAILED);
    }

    /** Called by any thread, before the memory of the image may serve another purpose. */
    void closedVolatile() {
        store(ImageState.CLOSED);
    }

    private void store(final ImageState state) {
        if (!image.scope().isAlive() || !image.isAccessibleBy(Thread.currentThread())) {
            return;
        }
        try {
            INT.setVolatile(image, (long) HeaderDescriptor.STATE_OFFSET, state.ordinal());
        } catch (final IllegalStateException e) {
            if (image.scope().isAlive()) {
                throw e;
            }
            // An embedder has closed the arena meanwhile. Nobody can see the word.
        }
    }
}
