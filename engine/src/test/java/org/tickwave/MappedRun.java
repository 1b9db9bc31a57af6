package org.tickwave;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import org.tickwave.kernel.Lanes;

/** Images in files, and what comes after. Also a program, so that a JVM of another lane width can go on. */
final class MappedRun {
    /** The prefix of the program's line. Other lines are the JVM's. */
    static final String MARK = "result: ";
    static final int TICKS = 20;
    static final Network NETWORK = Network.chain(70, 33, 129, 5).build();

    private MappedRun() {
    }

    static Context context() {
        return new Context().rule(Rule.aligned()).rate(.05f).threads(2);
    }

    /** Twenty ticks, with a frame and a target that depend on the tick. Returns the tick, the lanes, and a checksum of the weights. */
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

    private static Path image(final RandomRun run, final Path directory) {
        return directory.resolve("image-" + run.seed);
    }

    /** Runs, and writes the image at the stop to a file. */
    static String bits(final RandomRun run, final Path directory) {
        try (Arena memory = Arena.ofShared()) {
            final ImageArena arena = new ImageArena(memory);
            final CallersWay saves = new CallersWay() {
                @Override
                public Engine stop(final Engine engine) {
                    try {
                        Files.write(image(run, directory), arena.image().toArray(ValueLayout.JAVA_BYTE));
                    } catch (final IOException e) {
                        throw new UncheckedIOException(e);
                    }
                    return engine;
                }
            };
            try (Engine engine = Engine.open(run.network, run.context().arena(arena))) {
                return run + " " + run.bits(engine, saves, run.stop(), run.pending());
            }
        }
    }

    /** Runs until the stop, to draw the same random numbers; then goes on with the image in the file. */
    private static String bitsAfterTheStop(final RandomRun run, final Path directory) {
        try (Arena memory = Arena.ofShared()) {
            final GoesOn goesOn = new GoesOn(run, image(run, directory), memory);
            try (Engine engine = Engine.open(run.network, run.context())) {
                return run + " " + run.bits(engine, goesOn, run.stop(), run.pending());
            } finally {
                goesOn.driver.close();
            }
        }
    }

    /** The caller's way until the stop, then another one. */
    private static final class GoesOn extends DelegatingWay {
        private final RandomRun run;
        private final Path image;
        private final Arena memory;
        private RandomRun.Way way = new CallersWay();
        private Driver driver;

        GoesOn(final RandomRun run, final Path image, final Arena memory) {
            this.run = run;
            this.image = image;
            this.memory = memory;
        }

        @Override
        public Engine stop(final Engine engine) {
            try {
                final byte[] bytes = Files.readAllBytes(image);
                final MemorySegment copy = memory.allocate(bytes.length, Engine.IMAGE_ALIGNMENT_BYTES);
                copy.copyFrom(MemorySegment.ofArray(bytes));
                final Driver.Kind kind = Driver.Kind.values()[(int) (run.seed % Driver.Kind.values().length)];
                driver = new Driver(kind, run, run.seed, new Slab(copy), true);
                way = driver;
                return driver.engine;
            } catch (final IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        RandomRun.Way way() {
            return way;
        }
    }

    /** Arguments: the mapped file, the directory with the images of random runs, their first seed, and how many they are. */
    public static void main(final String[] args) throws IOException {
        System.out.println(MARK + in(Path.of(args[0]), true));
        final long first = Long.parseLong(args[2]);
        for (long seed = first; seed < first + Integer.parseInt(args[3]); seed++) {
            System.out.println(MARK + bitsAfterTheStop(new RandomRun(seed), Path.of(args[1])));
        }
    }
}
