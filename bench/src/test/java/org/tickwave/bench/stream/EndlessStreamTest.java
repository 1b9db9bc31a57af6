package org.tickwave.bench.stream;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tickwave.bench.input.Input;
import org.tickwave.bench.sound.Wav;
import org.tickwave.bench.task.ChangeTask;

/** A stream may be larger than memory: once the first frames are read, reading a gibibyte allocates nothing. */
class EndlessStreamTest {
    private static final long GIBIBYTE = 1L << 30;
    /** The JIT compiler may allocate this much. Two bytes for each frame would be more. */
    private static final long NOISE = 4_096;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @TempDir
    private Path directory;

    /** A header, followed by the same piece again and again. */
    private static ReadableByteChannel endless(final byte[] header, final byte[] piece) {
        final ByteBuffer first = ByteBuffer.wrap(header);
        final ByteBuffer next = ByteBuffer.wrap(piece);
        return new ReadableByteChannel() {
            @Override
            public int read(final ByteBuffer to) {
                final ByteBuffer from = first.hasRemaining() ? first : next;
                if (!from.hasRemaining()) {
                    from.clear();
                }
                final int n = Math.min(from.remaining(), to.remaining());
                to.put(to.position(), from, from.position(), n);
                to.position(to.position() + n);
                from.position(from.position() + n);
                return n;
            }

            @Override
            public boolean isOpen() {
                return true;
            }

            @Override
            public void close() {
                // The channel holds no resource.
            }
        };
    }

    private static void assertAllocatesNothing(final FrameStream stream, final long frames) throws IOException {
        final float[] frame = new float[stream.width()];
        final long warm = Math.max(frames / 4, 1);
        for (long t = 0; t < warm; t++) {
            assertTrue(stream.read(frame));
        }
        final long before = THREADS.getCurrentThreadAllocatedBytes();
        boolean all = true;
        for (long t = warm; t < frames; t++) {
            all &= stream.read(frame);
        }
        final long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
        assertTrue(all);
        assertTrue(allocated < NOISE, () -> allocated + " bytes allocated over " + (frames - warm) + " frames");
    }

    @Test
    @Tag("soak")
    void aGibibyteOfRawFramesAllocatesNothing() throws IOException {
        for (final String format : new String[] {"f32:1237@1", "f32:30000@1", "u8:10007@1"}) {
            final FrameStream stream = Input.open("s", endless(new byte[0], new byte[1 << 16]), Format.parse(format));
            assertAllocatesNothing(stream, GIBIBYTE / Format.parse(format).frameBytes());
        }
    }

    @Test
    void aGibibyteOfVideoAllocatesNothing() throws IOException {
        final byte[] header = Streams.ascii("YUV4MPEG2 W640 H360 F30:1 C420jpeg\n");
        final byte[] frame = Streams.join(Streams.ascii("FRAME\n"), new byte[640 * 360 * 3 / 2]);
        assertAllocatesNothing(Input.open("s", endless(header, frame), null), GIBIBYTE / frame.length);
    }

    /** Reads a sixteenth of a gibibyte only, because sound needs a transform, too. */
    @Test
    void soundAllocatesNothing() throws IOException {
        final byte[] header = Wav.file(Wav.fmt(Wav.PCM, 2, 16_000, 24), Wav.chunk("data", 0xffff_ffffL, new byte[0]));
        final byte[] noise = Wav.samples(Wav.PCM, 24, Wav.noise(30_000, 1));
        assertAllocatesNothing(Input.open("s", endless(header, noise), null), GIBIBYTE / 16 / (6 * 160));
    }

    @Test
    void aFileAllocatesNothingPerFrame() throws IOException {
        final Path file = Files.write(directory.resolve("zeros.raw"), new byte[8 * 400_000]);
        try (FrameStream stream = Input.of(file.toString(), Format.parse("f32:2@360"), 1).open()) {
            assertAllocatesNothing(stream, 400_000);
        }
    }

    @Test
    void theMadeStreamAndItsTaskAllocateNothing() throws IOException {
        final MadeStream stream = new MadeStream(1);
        final ChangeTask task = new ChangeTask(256, 3, 10, null);
        final double[] frame = new double[256];
        final float[] scratch = new float[256];
        long before = 0;
        for (int t = 0; t < 20_000; t++) {
            if (t == 5_000) {
                before = THREADS.getCurrentThreadAllocatedBytes();
            }
            stream.read(frame, scratch);
            task.push(frame, t % 100 > 0, null);
        }
        final long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
        assertTrue(allocated < NOISE, () -> allocated + " bytes allocated over 15000 frames");
    }
}
