package org.tickwave.pipeline;

import java.lang.foreign.MemorySegment;
import org.tickwave.layout.HeaderDescriptor;
import org.tickwave.layout.ImageState;

/**
 * The state of the image, in two words of the header, for observers and for who attaches to the image. No thread of the engine
 * reads the words: a band may look at its stop word after the image was freed, so the stop word is on the heap.
 *
 * <p>The source alone stores the first word. The threads that fail or close the engine store the second word, one at a time. So
 * nothing that the source stores can hide a failure, and a commit needs no atomic exchange. Closed is the last state.
 */
public final class StateWords {
    /** The second word of an image whose engine runs. */
    static final int RUNS = 0;

    private final MemorySegment image;

    StateWords(final MemorySegment image) {
        this.image = image;
    }

    /**
     * The state of the image in a segment. Later loads see at least what was stored before that state.
     *
     * @throws IllegalArgumentException if a word is damaged; the message names the word
     */
    public static ImageState stateAcquire(final MemorySegment image) {
        final int state = Slot.intAcquire(image, HeaderDescriptor.STATE_OFFSET);
        final int end = Slot.intAcquire(image, HeaderDescriptor.END_OFFSET);
        if (end == ImageState.FAILED.ordinal() || end == ImageState.CLOSED.ordinal()) {
            return ImageState.values()[end];
        }
        if (end != RUNS) {
            throw new IllegalArgumentException("END " + end + " in the header: expected 0, 3 or 4");
        }
        if (state < ImageState.OPENING.ordinal() || state > ImageState.TICKING.ordinal()) {
            throw new IllegalArgumentException("STATE " + state + " in the header: expected 0, 1 or 2");
        }
        return ImageState.values()[state];
    }

    /** Called when an image at rest gets a new engine. */
    void attachedRelease() {
        Slot.intRelease(image, HeaderDescriptor.STATE_OFFSET, ImageState.AT_REST.ordinal());
        Slot.intRelease(image, HeaderDescriptor.END_OFFSET, RUNS);
    }

    /** Called before MAGIC is written. */
    void openedRelease() {
        Slot.intRelease(image, HeaderDescriptor.STATE_OFFSET, ImageState.AT_REST.ordinal());
    }

    /** Called by the source, before ticks that it commits. */
    void tickingRelease() {
        Slot.intRelease(image, HeaderDescriptor.STATE_OFFSET, ImageState.TICKING.ordinal());
    }

    /** Called by the source, when every committed tick is completed. */
    void atRestRelease() {
        try {
            Slot.intRelease(image, HeaderDescriptor.STATE_OFFSET, ImageState.AT_REST.ordinal());
        } catch (final IllegalStateException e) {
            if (image.scope().isAlive()) {
                throw e;
            }
            // The arena was closed meanwhile. The ticks are completed all the same.
        }
    }

    /** Called by any thread, unless the image is closed. */
    void failedRelease() {
        end(ImageState.FAILED);
    }

    /** Called by any thread, before the memory of the image may serve another purpose. */
    void closedRelease() {
        end(ImageState.CLOSED);
    }

    private void end(final ImageState state) {
        if (!image.scope().isAlive() || !image.isAccessibleBy(Thread.currentThread())) {
            return;
        }
        try {
            Slot.intRelease(image, HeaderDescriptor.END_OFFSET, state.ordinal());
        } catch (final IllegalStateException e) {
            if (image.scope().isAlive()) {
                throw e;
            }
            // An embedder has closed the arena meanwhile. Nobody can see the word.
        }
    }
}
