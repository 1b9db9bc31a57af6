package org.tickwave.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tickwave.Checkpoint;
import org.tickwave.CheckpointFile;
import org.tickwave.Context;
import org.tickwave.Engine;
import org.tickwave.Network;

/** A checkpoint that another thread cannot write is not lost in silence. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class KeptCameraTest {
    private static final Network NETWORK = Network.chain(1, 1).build();

    @TempDir
    Path directory;

    /** Gives so many frames. */
    private static final class Frames implements KeptCamera.Camera {
        private final long count;
        private long place;

        Frames(final long count) {
            this.count = count;
        }

        @Override
        public boolean read(final float[] frame, final float[] label) {
            place++;
            return place <= count;
        }

        @Override
        public long place() {
            return place;
        }

        @Override
        public void seek(final long to) {
            place = to;
        }
    }

    private static void run(final CheckpointFile file, final long frames) throws IOException, InterruptedException, ExecutionException {
        try (Engine engine = Engine.open(NETWORK, new Context()); Checkpoint checkpoint = new Checkpoint(NETWORK, new Context())) {
            KeptCamera.runAside(file, engine, checkpoint, new Frames(frames), new float[1], new float[1]);
        }
    }

    @Test
    void theLastCheckpointIsWrittenWhenTheRunEnds() throws IOException, InterruptedException, ExecutionException {
        try (CheckpointFile file = CheckpointFile.open(directory.resolve("keep"))) {
            run(file, 1000);
            try (Checkpoint read = file.read(); Engine engine = Engine.resume(NETWORK, new Context(), read)) {
                assertEquals(1000, engine.ticks());
            }
        }
    }

    /** 1,000 frames: the last write of the run fails. 3,000: an earlier one may be seen to fail. */
    @Test
    void aFaultOfTheOtherThreadIsThrown() throws IOException {
        for (final long frames : new long[] {1000, 3000}) {
            final Path gone = Files.createDirectory(directory.resolve("gone-" + frames));
            try (CheckpointFile file = CheckpointFile.open(gone.resolve("keep"))) {
                Files.delete(gone.resolve(".keep.lock"));
                Files.delete(gone);
                final ExecutionException thrown = assertThrows(ExecutionException.class, () -> run(file, frames));
                assertTrue(thrown.getCause().getMessage().contains("keep: cannot be written: "), thrown.toString());
            }
        }
    }
}
