package org.tickwave.bench.sound;

import java.io.IOException;
import java.util.Arrays;
import org.tickwave.bench.keep.Archive;
import org.tickwave.bench.stream.Bytes;
import org.tickwave.bench.stream.Features;
import org.tickwave.bench.stream.FrameStream;

/**
 * A stream of frames of a WAV recording. {@link LogMel} makes a frame from each whole window of samples. If the recording is shorter
 * than a window, zeros fill the rest of the window.
 */
public final class WavStream implements FrameStream {
    private final Bytes bytes;
    private final WavSamples samples;
    private final LogMel logMel;
    private boolean begun;
    private boolean ended;

    /** @param bytes a stream whose header was read */
    public WavStream(final Bytes bytes, final WavHeader header) {
        this(bytes, header, new LogMel(Features.of(header.sampleRate())));
    }

    /** @param logMel has the header's sample rate; from now on this stream uses its window */
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
        final int filled = kept + samples.read(window, kept, window.length - kept);
        ended = filled < window.length;
        if (ended && begun) {
            return false;
        }
        begun = true;
        Arrays.fill(window, filled, window.length, 0);
        logMel.apply(frame);
        return true;
    }

    @Override
    public void close() throws IOException {
        bytes.close();
    }

    /** Windows overlap, so the samples of the last one are kept, too. */
    @Override
    public void keep(final Archive archive) throws IOException {
        archive.section("wav");
        samples.keep(archive);
        archive.all(logMel.window());
        begun = archive.of(begun);
        ended = archive.of(ended);
    }
}
