package org.tickwave.layout.docs;

import java.util.List;
import org.tickwave.layout.NotesDescriptor;
import org.tickwave.layout.docs.Document.Table;

/** image-file.md: the notes, and the entries of the shape. */
final class NotesChecks {
    private static final String FILE = "image-file.md";
    private static final List<String> OFFSETS = List.of("offset", "bytes", "type", "name");
    private static final String LAYER = "LAYER_(WIDTH|ROLE|NAME|NAME_BYTES)_OFFSET";
    private static final String PROJECTION = "PROJECTION_(FROM|TO|TICKS)_OFFSET";

    private NotesChecks() {
    }

    static void check(final Docs docs) {
        check(docs, "Notes", "", LAYER + "|" + PROJECTION, NotesDescriptor.BYTES);
        check(docs, "Layers of the shape", "LAYER_", "", NotesDescriptor.LAYER_ENTRY_BYTES);
        check(docs, "Projections of the shape", "PROJECTION_", "", NotesDescriptor.PROJECTION_ENTRY_BYTES);
    }

    private static void check(final Docs docs, final String heading, final String prefix, final String except, final long bytes) {
        final Table table = docs.table(FILE, heading, OFFSETS);
        Constants.offsets(docs, table, NotesDescriptor.class, prefix, except, bytes);
        Boxes.check(docs, docs.drawing(FILE, heading), Constants.boxes(docs, table));
    }
}
