package org.tickwave.layout.docs;

import java.util.List;
import org.tickwave.layout.Region;
import org.tickwave.layout.SettingsDescriptor;
import org.tickwave.layout.docs.Document.Row;
import org.tickwave.layout.docs.Document.Table;
import org.tickwave.layout.docs.Expression.Scope;
import org.tickwave.layout.docs.Samples.Sample;

/** settings.md: the source's line, the commits, and where they stand. */
final class SettingsChecks {
    private static final String FILE = "settings.md";
    private static final List<String> OFFSETS = List.of("offset", "bytes", "type", "name");
    private static final int SOME_COMMITS = 6;

    private SettingsChecks() {
    }

    static void check(final Docs docs, final Formulas formulas) {
        final Table source = docs.table(FILE, "The source's line", OFFSETS);
        Constants.offsets(docs, source, SettingsDescriptor.class, "", "COMMIT_.*", SettingsDescriptor.STRIDE_BYTES);
        Boxes.check(docs, docs.drawing(FILE, "The source's line"), Constants.boxes(docs, source));

        final Table commit = docs.table(FILE, "A commit", OFFSETS);
        Constants.offsets(docs, commit, SettingsDescriptor.class, "COMMIT_", "", SettingsDescriptor.STRIDE_BYTES);
        Boxes.check(docs, docs.drawing(FILE, "A commit"), Constants.boxes(docs, commit));

        formulas(docs, formulas);
    }

    private static void formulas(final Docs docs, final Formulas formulas) {
        final Table table = docs.table(FILE, "Where they stand", List.of("what", "formula"));
        if (!table.rows().stream().map(row -> docs.code(table, row, "what")).toList().equals(
            List.of("the source's line", "commit k"))) {
            docs.problem(table, "expected a row for the source's line and one for commit k");
            return;
        }
        for (final Sample sample : docs.samples) {
            final Region region = sample.layout().regions().stream()
                .filter(one -> one.kind() == Region.Kind.SETTINGS).findAny().orElseThrow();
            final Scope scope = formulas.scope(sample).value("settings", region.offset());
            final Row source = table.rows().getFirst();
            final Row commit = table.rows().getLast();
            if (!formulas.expect(table, source, "formula", scope, sample.layout().settings(), sample.toString())) {
                return;
            }
            for (int k = 0; k < SOME_COMMITS; k++) {
                if (!formulas.expect(table, commit, "formula", scope.value("k", k),
                    sample.layout().settings() + SettingsDescriptor.commit(k), "commit " + k + " of " + sample)) {
                    return;
                }
            }
        }
    }
}
