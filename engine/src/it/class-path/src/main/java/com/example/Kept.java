package com.example;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import org.tickwave.Checkpoint;
import org.tickwave.CheckpointFile;
import org.tickwave.Context;
import org.tickwave.Engine;
import org.tickwave.Network;

/** Learns from a sensor, makes a checkpoint every second, and goes on from the newest one. Prints a checksum of the weights. */
public final class Kept {
    static final Network NETWORK = Network.chain(2, 16, 16, 1).build();
    static final long READINGS = 300_000;
    private static final long SECOND_NS = 1_000_000_000;
    static final String PLACE = "reading";

    private Kept() {
    }

    /** Arguments: the file, the number of threads, and nanoseconds of pause after every hundred readings. */
    public static void main(final String[] args) throws IOException {
        final Context context = new Context().threads(Integer.parseInt(args[1]));
        final long pauseNs = Long.parseLong(args[2]);
        try (CheckpointFile file = CheckpointFile.open(Path.of(args[0]));
             Checkpoint old = file.exists() ? file.read() : null;
             Engine engine = old == null ? Engine.open(NETWORK, context) : Engine.resume(NETWORK, context, old);
             Checkpoint checkpoint = new Checkpoint(NETWORK, context)) {
            final long first = old == null ? 1 : ByteBuffer.wrap(old.get(PLACE)).getLong();
            long newestNs = System.nanoTime();
            for (long reading = first; reading <= READINGS; reading++) {
                tick(engine, reading);
                if (pauseNs > 0 && reading % 100 == 0) {
                    LockSupport.parkNanos(pauseNs);
                }
                if (System.nanoTime() - newestNs >= SECOND_NS) {
                    newestNs = System.nanoTime();
                    engine.checkpoint(checkpoint);
                    file.write(checkpoint.put(PLACE, ByteBuffer.allocate(Long.BYTES).putLong(0, reading + 1).array()));
                }
            }
            System.out.printf(Locale.ROOT, "weights %08x after %d ticks%n", Main.sum(engine), engine.ticks());
        }
    }

    private static void tick(final Engine engine, final long reading) {
        engine.input(new float[] {Main.sensor(reading), Main.sensor(reading - 1)}).target(new float[] {Main.sensor(reading + 1)}).tick();
    }
}
