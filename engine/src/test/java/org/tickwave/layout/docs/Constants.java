package org.tickwave.layout.docs;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.tickwave.layout.CheckpointDescriptor;
import org.tickwave.layout.CountersDescriptor;
import org.tickwave.layout.Geometry;
import org.tickwave.layout.HeaderDescriptor;
import org.tickwave.layout.ImageLayout;
import org.tickwave.layout.NotesDescriptor;
import org.tickwave.layout.SettingsDescriptor;
import org.tickwave.layout.SlotDescriptor;
import org.tickwave.layout.docs.Boxes.Box;
import org.tickwave.layout.docs.Document.Row;
import org.tickwave.layout.docs.Document.Table;
import org.tickwave.pipeline.Image;

/** The constants of the descriptors in the code, and the tables of the documents that repeat them. */
final class Constants {
    private static final List<Class<?>> DESCRIPTORS =
        List.of(HeaderDescriptor.class, CountersDescriptor.class, SlotDescriptor.class, SettingsDescriptor.class,
            CheckpointDescriptor.class, NotesDescriptor.class);
    private static final List<Class<?>> OTHERS = List.of(ImageLayout.class, Geometry.class, Image.class);
    private static final Map<String, Integer> TYPES = Map.of("int32", 4, "float32", 4, "int64", 8, "float64", 8);
    private static final String OFFSET = "_OFFSET";

    private Constants() {
    }

    static long value(final Field field) {
        try {
            field.setAccessible(true);
            return ((Number) field.get(null)).longValue();
        } catch (final IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The constant with a name such as {@code SlotDescriptor.LINE_BYTES}; null if there is none. */
    static Field named(final String name) {
        final List<Class<?>> classes = new ArrayList<>(DESCRIPTORS);
        classes.addAll(OTHERS);
        for (final Class<?> type : classes) {
            for (final Field field : numbers(type)) {
                if (name.equals(type.getSimpleName() + "." + field.getName())) {
                    return field;
                }
            }
        }
        return null;
    }

    private static List<Field> numbers(final Class<?> type) {
        return Arrays.stream(type.getDeclaredFields()).filter(field -> Modifier.isStatic(field.getModifiers())
            && (field.getType() == int.class || field.getType() == long.class)).toList();
    }

    /**
     * Checks the table of single numbers: each number equals the constant, and each constant that is in no offset table is
     * there.
     */
    static void numbers(final Docs docs) {
        final Table table = docs.table("README.md", "Numbers", List.of("constant", "value"));
        final Set<String> missing = new TreeSet<>();
        for (final Class<?> type : DESCRIPTORS) {
            for (final Field field : numbers(type)) {
                final boolean inOffsetTable = field.getName().endsWith(OFFSET)
                    && !field.getName().equals("TABLE_OFFSET") && !field.getName().equals("VECTOR_OFFSET");
                if (!inOffsetTable) {
                    missing.add(type.getSimpleName() + "." + field.getName());
                }
            }
        }
        for (final Class<?> type : OTHERS) {
            numbers(type).stream().filter(field -> !field.getName().equals("FIXED_REGIONS"))
                .forEach(field -> missing.add(type.getSimpleName() + "." + field.getName()));
        }
        for (final Row row : table.rows()) {
            final String name = docs.code(table, row, "constant");
            final Field field = named(name);
            missing.remove(name);
            if (field == null) {
                docs.problem(row, "there is no constant " + name);
            } else if (docs.code(table, row, "value").startsWith("0x")) {
                docs.expect(table, row, "value", "0x" + Long.toHexString(value(field)), name);
            } else {
                docs.expect(table, row, "value", value(field), name);
            }
        }
        missing.forEach(name -> docs.problem(table, "no row for " + name));
    }

    /** Checks an offset table without gaps up to {@code total}: each row is {@code prefix + name + _OFFSET} of the descriptor. */
    static void offsets(
        final Docs docs, final Table table, final Class<?> descriptor, final String prefix, final String except,
        final long total) {
        final Set<String> missing = new TreeSet<>();
        for (final Field field : numbers(descriptor)) {
            final String name = field.getName();
            if (name.startsWith(prefix) && name.endsWith(OFFSET) && !name.matches(except)) {
                missing.add(name);
            }
        }
        long end = 0;
        Row gap = null;
        for (final Row row : table.rows()) {
            final String name = docs.code(table, row, "name");
            final String constant = prefix + name + OFFSET;
            if (!name.equals("-")) {
                if (missing.remove(constant)) {
                    docs.expect(table, row, "offset", value(named(descriptor.getSimpleName() + "." + constant)),
                        descriptor.getSimpleName() + "." + constant);
                } else {
                    docs.problem(row, "there is no " + descriptor.getSimpleName() + "." + constant + ", or it stood above");
                }
            }
            if (docs.number(table, row, "offset") != end) {
                docs.problem(row, "offset is not " + end + ", where the row above ends");
                if (gap != null) {
                    docs.problem(gap, "ends at " + end + ", not where the row below begins");
                }
            }
            gap = name.equals("-") ? row : null;
            final long bytes = docs.number(table, row, "bytes");
            final String type = docs.code(table, row, "type");
            if (!type.equals("-") && !Long.valueOf(bytes).equals(TYPES.getOrDefault(type, -1).longValue())) {
                docs.problem(row, type + " does not take " + bytes + " bytes");
            }
            end += bytes;
        }
        if (end != total && !table.rows().isEmpty()) {
            docs.problem(table.rows().getLast(), "ends at " + end + ", expected " + total);
        }
        missing.forEach(name -> docs.problem(table, "no row for " + descriptor.getSimpleName() + "." + name));
    }

    /** The boxes of an offset table. */
    static List<Box> boxes(final Docs docs, final Table table) {
        final List<Box> boxes = new ArrayList<>();
        for (final Row row : table.rows()) {
            final String name = docs.code(table, row, "name");
            final long offset = docs.number(table, row, "offset");
            boxes.add(new Box(name.equals("-") ? "unused" : name, offset, offset + docs.number(table, row, "bytes")));
        }
        return boxes;
    }
}
