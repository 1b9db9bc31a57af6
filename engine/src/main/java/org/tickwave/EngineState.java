package org.tickwave;

import org.tickwave.pipeline.Bands;
import org.tickwave.pipeline.Image;
import org.tickwave.pipeline.Progress;
import org.tickwave.pipeline.Source;
import org.tickwave.pipeline.Stalled;
import org.tickwave.pipeline.Stopped;

/** Whether an engine is open, closed or failed. Refuses calls that do not fit, and waits until the engine is between two ticks. */
final class EngineState {
    static final String CLOSED = "the engine is closed";

    private final Network network;
    private final Image image;
    private final Progress progress;
    private final Source source;
    private final Bands bands;
    private final EngineObserver observer;
    private final long stallLimitNs;

    EngineState(
        final Network network, final Image image, final Progress progress, final Source source, final Bands bands,
        final EngineObserver observer, final long stallLimitNs) {
        this.network = network;
        this.image = image;
        this.progress = progress;
        this.source = source;
        this.bands = bands;
        this.observer = observer;
        this.stallLimitNs = stallLimitNs;
    }

    void expectNotClosed() {
        if (closed()) {
            throw new IllegalStateException(CLOSED);
        }
    }

    void expectOpen() {
        expectNotClosed();
        if (hasFailed()) {
            throw failed();
        }
    }

    /** Whether close() was called, or the embedder has closed its arena. */
    boolean closed() {
        return progress.closed() || !image.open();
    }

    boolean hasFailed() {
        return progress.failure() != null;
    }

    BandFailedException failed() {
        return new BandFailedException(progress.failure(), network);
    }

    /** Waits until every committed tick is completed, and runs the caller's bands meanwhile. */
    void finish() {
        try {
            bands.finish();
        } catch (final Stopped e) {
            throw stopped();
        } catch (final Stalled e) {
            if (source.completed() == source.committed()) {
                // The last band completed the tick just after the limit.
                source.rest();
                return;
            }
            throw observer.stalled(bands.furthestBehind(), source.completed(), stallLimitNs);
        }
    }

    private RuntimeException stopped() {
        return closed() ? new IllegalStateException(CLOSED) : failed();
    }

    /** Waits until the image may be read: all ticks are completed, or a band has failed and no band uses the image any more. */
    void settle() {
        if (hasFailed()) {
            bands.awaitLeft();
        } else {
            finish();
        }
    }

    /** For any thread. */
    @Override
    public String toString() {
        return closed() ? "closed" : hasFailed() ? "failed" : "open";
    }
}
