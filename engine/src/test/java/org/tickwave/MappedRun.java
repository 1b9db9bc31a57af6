package org.tickwave;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import org.tickwave.kernel.Lanes;

/** Some ticks of an image in a mapped file. Also a program, so that a JVM of another lane width can go on. */
final class MappedRun {
    /** The prefix of the program's line. Other lines are the JVM's. */
    static final String MARK = "after ticks, lanes, crc32c: ";
    static final int TICKS = 20;
    static final Network NETWORK = Network.chain(70, 33, 129, 5).build();

    private MappedRun() {
    }

    static Context context() {
        return new Context().rule(Rule.aligned()).rate(.05f).threads(2);
    }

    /** Twenty ticks, with a frame and a target that depend on the tick. */
    static String run(final Engine engine) {
        for (int i = 0; i < TICKS; i++) {
            final Random random = new Random(engine.ticks());
            engine.input(numbers(random, NETWORK.width(0))).target(numbers(random, NETWORK.width(3))).tick();
        }
        return engine.ticks() + " " + Lanes.LANES + " " + ShortRun.crc(engine);
    }

    private static float[] numbers(final Random random, final int count) {
        final float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = random.nextFloat() - .5f;
        }
        return numbers;
    }

    /** Opens an engine in a new file, or goes on with the image in a file. */
    static String in(final Path file, final boolean attaches) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
             Arena arena = Arena.ofShared()) {
            final long bytes = Engine.imageBytes(NETWORK, context());
            final MemorySegment mapped = channel.map(MapMode.READ_WRITE, 0, bytes, arena);
            final Context context = context().arena(new Slab(mapped));
            try (Engine engine = attaches ? Engine.attach(NETWORK, context) : Engine.open(NETWORK, context)) {
                return run(engine);
            }
        }
    }

    public static void main(final String[] args) throws IOException {
        System.out.println(MARK + in(Path.of(args[0]), true));
    }
}
