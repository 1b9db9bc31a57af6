package org.tickwave.layout.docs;

import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tickwave.layout.Region;
import org.tickwave.layout.docs.Document.Row;
import org.tickwave.layout.docs.Document.Table;

/** README.md: kinds of regions, writers and readers, single numbers. In all files: links and names of constants. */
final class ReadmeChecks {
    private static final String FILE = "README.md";
    private static final Pattern LINK = Pattern.compile("]\\(([^)#]+)(#[^)]*)?\\)");
    private static final Pattern CONSTANT = Pattern.compile("`([A-Z][A-Za-z]+\\.[A-Z][A-Z_]+)`");

    private ReadmeChecks() {
    }

    static void check(final Docs docs) {
        kinds(docs);
        Constants.numbers(docs);
        writers(docs);
    }

    /** In every file: links lead to a file or heading, and constants have the names of the code. */
    static void names(final Docs docs) {
        for (final Document document : docs.documents()) {
            for (int i = 0; i < document.lines.size(); i++) {
                names(docs, document, i + 1, document.lines.get(i));
            }
        }
    }

    private static void kinds(final Docs docs) {
        final Table table = docs.table(FILE, "Regions", List.of("code", "kind"));
        final Region.Kind[] kinds = Region.Kind.values();
        if (table.rows().size() != kinds.length) {
            docs.problem(table, table.rows().size() + " rows, expected " + Arrays.toString(kinds));
        }
        for (int i = 0; i < Math.min(kinds.length, table.rows().size()); i++) {
            docs.expect(table, table.rows().get(i), "code", kinds[i].ordinal(), "Region.Kind." + kinds[i]);
            docs.expect(table, table.rows().get(i), "kind", kinds[i], "Region.Kind in order");
        }
    }

    private static void writers(final Docs docs) {
        final Table table = docs.table(FILE, "Who writes, who reads", List.of("region", "written in a tick by"));
        final Set<String> missing = new TreeSet<>();
        Samples.EXAMPLE.regions().forEach(region -> missing.add(Fields.name(region)));
        missing.add("COUNTERS 0");
        missing.add("FEEDBACK");
        for (final Row row : table.rows()) {
            final String region = docs.code(table, row, "region");
            if (missing.remove(region)) {
                for (final Fields fields : List.of(Fields.SEEN, Fields.SEEN_WITH_FEEDBACK)) {
                    docs.expect(table, row, "written in a tick by", fields.writers.getOrDefault(region, "nobody"), "seen in 40 ticks");
                }
            } else {
                docs.problem(row, "there is no region " + region + ", or it stood above");
            }
        }
        missing.forEach(region -> docs.problem(table, "no row for " + region));
    }

    private static void names(final Docs docs, final Document document, final int line, final String text) {
        final Matcher link = LINK.matcher(text);
        while (link.find()) {
            if (!Files.exists(Docs.directory().resolve(link.group(1)))) {
                docs.problems.add(new Docs.Problem(document.file, line, "there is no file " + link.group(1)));
            }
        }
        final Matcher constant = CONSTANT.matcher(text);
        while (constant.find()) {
            if (Constants.named(constant.group(1)) == null) {
                docs.problems.add(new Docs.Problem(document.file, line, "there is no constant " + constant.group(1)));
            }
        }
    }
}
