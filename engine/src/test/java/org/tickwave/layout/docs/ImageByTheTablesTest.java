package org.tickwave.layout.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tickwave.Context;
import org.tickwave.Engine;
import org.tickwave.ImageArena;
import org.tickwave.Network;
import org.tickwave.layout.HeaderDescriptor;
import org.tickwave.layout.ImageLayout;
import org.tickwave.layout.ImageState;
import org.tickwave.layout.Region;
import org.tickwave.layout.docs.Document.Row;
import org.tickwave.layout.docs.Document.Table;
import org.tickwave.pipeline.Image;

/** Types: an image that is read with nothing but the offset tables agrees with the engine. */
class ImageByTheTablesTest {
    private static final List<String> COLUMNS = List.of("offset", "bytes", "type", "name");

    private record Field(long offset, String type) {
        long read(final MemorySegment image, final long from) {
            return type.equals("int32") || type.equals("float32") ? image.get(ValueLayout.JAVA_INT, from + offset)
                : image.get(ValueLayout.JAVA_LONG, from + offset);
        }
    }

    private static Map<String, Field> fields(final String file, final String heading) {
        final Docs docs = Docs.read();
        final Table table = docs.table(file, heading, COLUMNS);
        final Map<String, Field> fields = new HashMap<>();
        for (final Row row : table.rows()) {
            fields.put(docs.code(table, row, "name"),
                new Field(docs.number(table, row, "offset"), docs.code(table, row, "type")));
        }
        return fields;
    }

    @Test
    void headerAndRegionTable() {
        final Map<String, Field> header = fields("header.md", "Header");
        final Map<String, Field> entry = fields("header.md", "Region table");
        final ImageLayout layout = Samples.EXAMPLE;
        final long seed = 0x1234_5678_9abc_def0L;
        final long digest = 0x2345_6789_abcd_ef01L;
        try (Arena arena = Arena.ofConfined()) {
            final Image whole = Image.create(layout, arena, seed);
            whole.completeRelease(digest);
            final MemorySegment image = whole.segment();
            assertEquals(HeaderDescriptor.MAGIC, header.get("MAGIC").read(image, 0));
            assertEquals(HeaderDescriptor.VERSION, header.get("VERSION").read(image, 0));
            assertEquals(ImageState.AT_REST.ordinal(), header.get("STATE").read(image, 0));
            assertEquals(0, header.get("END").read(image, 0));
            assertEquals(layout.geometry().lanes(), header.get("LANES").read(image, 0));
            assertEquals(layout.imageBytes(), header.get("IMAGE_BYTES").read(image, 0));
            assertEquals(digest, header.get("DIGEST").read(image, 0));
            assertEquals(seed, header.get("SEED").read(image, 0));
            assertEquals(layout.geometry().wiring().last(), header.get("LAYERS").read(image, 0));
            final List<Region> regions = new ArrayList<>();
            for (int i = 0; i < header.get("REGION_COUNT").read(image, 0); i++) {
                final long at = 64 + 32L * i;
                regions.add(new Region(
                    Region.Kind.values()[(int) entry.get("KIND").read(image, at)], (int) entry.get("OWNER").read(image, at),
                    entry.get("REGION").read(image, at), (int) entry.get("SLOTS").read(image, at),
                    entry.get("STRIDE").read(image, at), (int) entry.get("WIDTH").read(image, at)));
            }
            assertEquals(layout.regions(), regions);
        }
    }

    @Test
    void slotsAndCounters() {
        final Map<String, Field> slot = fields("rings.md", "A slot");
        final Map<String, Field> counters = fields("header.md", "Counters");
        final ImageLayout layout = Ticks.layout();
        final Context context = new Context().guard(Engine.Guard.COUNT);
        try (ImageArena arena = new ImageArena(Arena.ofShared());
             Engine engine = Engine.open(Network.chain(Ticks.WIDTHS).build(), context.arena(arena))) {
            final MemorySegment image = arena.image();
            engine.input(new float[] {1, 2, 3, 4, 5}).target(new float[] {1, 2}).advance(6);
            engine.input(new float[] {5, 4, 3, 2, 1}).tick();
            engine.setWeights(1, new float[20], new float[] {0x1p30f, 0, 0, 0});
            engine.tick();
            engine.setWeights(2, filled(12, 0x1p30f), filled(3, 0x1p30f));
            engine.tick();

            final long frame = layout.activation(0).slot(8);
            assertEquals(8, slot.get("TICK").read(image, frame));
            assertEquals(2, slot.get("FRAME").read(image, frame));
            assertEquals(1, slot.get("PRESENT").read(image, layout.target(3).slot(5)));
            assertEquals(0, slot.get("PRESENT").read(image, layout.target(3).slot(6)));
            assertEquals(0, slot.get("REFUSED").read(image, layout.activation(1).slot(9)));
            assertEquals(1, slot.get("REFUSED").read(image, layout.activation(2).slot(9)));
            assertEquals(9, counters.get("DONE").read(image, layout.counters(2)));
            assertEquals(engine.guardTrips(2), counters.get("TRIPS").read(image, layout.counters(2)));
            assertEquals(8, counters.get("FIRST_TRIP").read(image, layout.counters(2)));
        }
    }

    @Test
    void settingsAndCommits() {
        final Map<String, Field> source = fields("settings.md", "The source's line");
        final Map<String, Field> commit = fields("settings.md", "A commit");
        try (ImageArena arena = new ImageArena(Arena.ofShared());
             Engine engine = Engine.open(Network.chain(Ticks.WIDTHS).build(), new Context().arena(arena).hold(2))) {
            final MemorySegment image = arena.image();
            engine.input(new float[] {1, 2, 3, 4, 5}).target(new float[] {1, 2}).advance(3);
            engine.learning(false);
            engine.tick();
            engine.learning(true);
            engine.reset();
            engine.rate(.5f);
            engine.input(new float[] {1, 2, 3, 4, 5}).advance(2);

            final long line = Ticks.layout().settings();
            assertEquals(List.of(3L, 2L, 3L, 4L, 4L, 1L, 1L),
                read(image, line, source, "TAKEN", "FRAME", "OFF_SINCE", "ORIGIN", "ON_SINCE", "LEARNING", "HELD"));
            assertEquals(List.of(6L, 4L, 4L, 1L), read(image, line + 64, commit, "END", "ORIGIN", "ON_SINCE", "LEARNING"));
            assertEquals(List.of(4L, 0L, 0L, 0L), read(image, line + 128, commit, "END", "ORIGIN", "ON_SINCE", "LEARNING"));
            assertEquals(-.25f, Float.intBitsToFloat((int) source.get("MINUS_RATE").read(image, line)));
            assertEquals(-.25f, Float.intBitsToFloat((int) commit.get("MINUS_RATE").read(image, line + 64)));
            assertEquals(-.005f, Float.intBitsToFloat((int) commit.get("MINUS_RATE").read(image, line + 128)));
        }
    }

    private static List<Long> read(
        final MemorySegment image, final long line, final Map<String, Field> fields, final String... names) {
        return Arrays.stream(names).map(name -> fields.get(name).read(image, line)).toList();
    }

    private static float[] filled(final int n, final float value) {
        final float[] numbers = new float[n];
        Arrays.fill(numbers, value);
        return numbers;
    }
}
