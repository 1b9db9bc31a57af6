package org.tickwave.bench.sound;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.tickwave.bench.stream.Bytes;
import org.tickwave.bench.stream.Features;
import org.tickwave.bench.stream.FrameStream;
import org.tickwave.bench.stream.Recording;

/** All recordings of a folder, one after another. */
public final class RecordingDirectoryStream implements FrameStream {
    private final RecordingDirectory folder;
    private final LogMel logMel;
    private final ByteBuffer buffer = ByteBuffer.allocate(Bytes.BUFFER);
    private int next;
    private Recording recording;
    private WavStream open;

    public RecordingDirectoryStream(final RecordingDirectory folder) {
        this.folder = folder;
        logMel = new LogMel(folder.features());
    }

    @Override
    public String name() {
        return folder.name();
    }

    @Override
    public int width() {
        return folder.features().bands();
    }

    @Override
    public double framesPerSecond() {
        return folder.features().framesPerSecond();
    }

    @Override
    public Features features() {
        return folder.features();
    }

    @Override
    public List<String> labels() {
        return folder.labels();
    }

    @Override
    public Recording recording() {
        return recording;
    }

    @Override
    public boolean read(final float[] frame) throws IOException {
        while (open != null || next < folder.recordings().size()) {
            if (open == null) {
                recording = folder.recordings().get(next);
                open = folder.open(recording, buffer, logMel);
                next++;
            }
            if (open.read(frame)) {
                return true;
            }
            close();
        }
        return false;
    }

    @Override
    public void close() throws IOException {
        if (open != null) {
            open.close();
            open = null;
        }
    }
}
