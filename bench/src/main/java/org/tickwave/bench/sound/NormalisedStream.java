package org.tickwave.bench.sound;

import java.io.IOException;
import java.util.List;
import org.tickwave.bench.stream.Features;
import org.tickwave.bench.stream.FrameStream;
import org.tickwave.bench.stream.Recording;

/** Passes each frame of a stream through a normaliser. Several streams, one after another, may share a normaliser. */
public final class NormalisedStream implements FrameStream {
    private final FrameStream stream;
    private final Normaliser normaliser;

    public NormalisedStream(final FrameStream stream, final Normaliser normaliser) {
        this.stream = stream;
        this.normaliser = normaliser;
    }

    @Override
    public String name() {
        return stream.name();
    }

    @Override
    public int width() {
        return stream.width();
    }

    @Override
    public double framesPerSecond() {
        return stream.framesPerSecond();
    }

    @Override
    public boolean read(final float[] frame) throws IOException {
        final boolean read = stream.read(frame);
        if (read) {
            normaliser.apply(frame);
        }
        return read;
    }

    @Override
    public Features features() {
        return stream.features();
    }

    @Override
    public List<String> labels() {
        return stream.labels();
    }

    @Override
    public Integer skippedRecordings() {
        return stream.skippedRecordings();
    }

    @Override
    public Recording recording() {
        return stream.recording();
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
