package org.tickwave.bench.stream;

import java.io.IOException;
import java.util.List;

/** A source, but for what a normaliser makes of its frames; whoever gave the normaliser may give it to the next source. */
public final class NormalisedSource implements Source {
    private final Source source;
    private final Normaliser normaliser;

    public NormalisedSource(final Source source, final Normaliser normaliser) {
        this.source = source;
        this.normaliser = normaliser;
    }

    @Override
    public String name() {
        return source.name();
    }

    @Override
    public int width() {
        return source.width();
    }

    @Override
    public double framesPerSecond() {
        return source.framesPerSecond();
    }

    @Override
    public boolean read(final float[] frame) throws IOException {
        final boolean read = source.read(frame);
        if (read) {
            normaliser.apply(frame);
        }
        return read;
    }

    @Override
    public Features features() {
        return source.features();
    }

    @Override
    public List<String> labels() {
        return source.labels();
    }

    @Override
    public Recording recording() {
        return source.recording();
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
