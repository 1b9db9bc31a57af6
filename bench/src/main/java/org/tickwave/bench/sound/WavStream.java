package org.tickwave.bench.sound;

import java.io.IOException;
import java.util.Arrays;
import org.tickwave.bench.stream.Bytes;
import org.tickwave.bench.stream.Features;
import org.tickwave.bench.stream.FrameStream;

/**
 * A recording: a frame is {@link LogMel} of a window of its samples, in whole windows. One that is shorter than a window is
 * one, with zeros after it.
 */
public final class WavStream implements FrameStream {
    private final Bytes bytes;
    private final WavSamples samples;
    private final LogMel logMel;
    private boolean begun;
    private boolean ended;

    /** Of a stream whose header was read. */
    public WavStream(final Bytes bytes, final WavHeader header) {
        this(bytes, header, new LogMel(Features.of(header.sampleRate())));
    }

    /** @param logMel of the header's rate, with a window that is this stream's from now on */
    public WavStream(final Bytes bytes, final WavHeader header, final LogMel logMel) {
        this.bytes = bytes;
        this.logMel = logMel;
        samples = new WavSamples(bytes, header);
    }

    @Override
    public String name() {
        return bytes.name();
    }

    @Override
    public int width() {
        return features().bands();
    }

    @Override
    public double framesPerSecond() {
        return features().framesPerSecond();
    }

    @Override
    public Features features() {
        return logMel.features();
    }

    @Override
    public boolean read(final float[] frame) throws IOException {
        if (ended) {
            return false;
        }
        final float[] window = logMel.window();
        final int kept = begun ? window.length - features().stepSamples() : 0;
        System.arraycopy(window, window.length - kept, window, 0, kept);
        final int there = kept + samples.read(window, kept, window.length - kept);
        ended = there < window.length;
        if (ended && begun) {
            return false;
        }
        begun = true;
        Arrays.fill(window, there, window.length, 0);
        logMel.apply(frame);
        return true;
    }

    @Override
    public void close() throws IOException {
        bytes.close();
    }
}
