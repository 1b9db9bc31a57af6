package org.tickwave.bench.sound;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.tickwave.bench.keep.Archive;
import org.tickwave.bench.stream.Bytes;
import org.tickwave.bench.stream.Features;
import org.tickwave.bench.stream.FrameStream;
import org.tickwave.bench.stream.Recording;

/** Plays all recordings of a directory, one after another. */
public final class RecordingDirectoryStream implements FrameStream {
    private final RecordingDirectory directory;
    private final LogMel logMel;
    private final ByteBuffer buffer = ByteBuffer.allocate(Bytes.BUFFER);
    private int next;
    private Recording recording;
    private WavStream open;

    public RecordingDirectoryStream(final RecordingDirectory directory) {
        this.directory = directory;
        logMel = new LogMel(directory.features());
    }

    @Override
    public String name() {
        return directory.name();
    }

    @Override
    public int width() {
        return directory.features().bands();
    }

    @Override
    public double framesPerSecond() {
        return directory.features().framesPerSecond();
    }

    @Override
    public Features features() {
        return directory.features();
    }

    @Override
    public List<String> labels() {
        return directory.labels();
    }

    @Override
    public Integer skippedRecordings() {
        return directory.skipped();
    }

    @Override
    public Recording recording() {
        return recording;
    }

    @Override
    public boolean read(final float[] frame) throws IOException {
        while (open != null || next < directory.recordings().size()) {
            if (open == null) {
                recording = directory.recordings().get(next);
                open = directory.open(recording, buffer, logMel);
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

    @Override
    public List<Recording> recordings() {
        return directory.recordings();
    }

    @Override
    public void keep(final Archive archive) throws IOException {
        archive.section("directory");
        next = archive.of(next);
        recording = archive.one(Recording.class, recording);
        final boolean opened = archive.of(open != null);
        if (archive.reads() && opened) {
            open = directory.open(recording, buffer, logMel);
        }
        if (opened) {
            open.keep(archive);
        }
    }
}
