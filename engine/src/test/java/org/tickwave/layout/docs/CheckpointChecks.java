package org.tickwave.layout.docs;

import java.util.List;
import org.tickwave.layout.CheckpointDescriptor;
import org.tickwave.layout.Region;
import org.tickwave.layout.docs.Document.Row;
import org.tickwave.layout.docs.Document.Table;

/** checkpoint.md: the header, the table, and which regions are in the file. */
final class CheckpointChecks {
    private static final String FILE = "checkpoint.md";
    private static final List<String> OFFSETS = List.of("offset", "bytes", "type", "name");

    private CheckpointChecks() {
    }

    static void check(final Docs docs) {
        final Table header = docs.table(FILE, "Header", OFFSETS);
        Constants.offsets(
            docs, header, CheckpointDescriptor.class, "", "ENTRY_.*|TABLE_OFFSET", CheckpointDescriptor.TABLE_OFFSET);
        Boxes.check(docs, docs.drawing(FILE, "Header"), Constants.boxes(docs, header));

        final Table entry = docs.table(FILE, "Table", OFFSETS);
        Constants.offsets(docs, entry, CheckpointDescriptor.class, "ENTRY_", "", CheckpointDescriptor.ENTRY_BYTES);
        Boxes.check(docs, docs.drawing(FILE, "Table"), Constants.boxes(docs, entry));

        sections(docs);
    }

    private static void sections(final Docs docs) {
        final Table table = docs.table(FILE, "Sections", List.of("kind", "in the file"));
        final Region.Kind[] kinds = Region.Kind.values();
        if (table.rows().size() != kinds.length) {
            docs.problem(table, table.rows().size() + " rows, expected " + kinds.length);
        }
        for (int i = 0; i < Math.min(kinds.length, table.rows().size()); i++) {
            final Row row = table.rows().get(i);
            docs.expect(table, row, "kind", kinds[i], "Region.Kind in order");
            final String expected = CheckpointDescriptor.matrix(kinds[i]) ? "row by row"
                : CheckpointDescriptor.holds(kinds[i]) ? "as in the image" : "not";
            if (!docs.code(table, row, "in the file").split(":")[0].equals(expected)) {
                docs.problem(row, "expected \"" + expected + "\"");
            }
        }
    }
}
