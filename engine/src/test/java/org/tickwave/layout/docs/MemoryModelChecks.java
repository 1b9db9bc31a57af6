package org.tickwave.layout.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.openjdk.jcstress.infra.runners.TestList;
import org.tickwave.layout.docs.Document.Row;
import org.tickwave.layout.docs.Document.Table;

/** memory-model.md: it leaves out no region, the tests that it names exist, and it names every jcstress test. */
final class MemoryModelChecks {
    private static final String FILE = "memory-model.md";
    /** All pairs of a writer and a reader: first those of the image, in the order of their codes, then those of the heap. */
    private static final List<String> PAIRS = List.of(
        "HEADER", "HEADER, STATE", "HEADER, END", "COUNTERS 0", "COUNTERS", "COUNTERS, refusals", "ZEROS", "ACTIVATION 0",
        "ACTIVATION 0, held", "ACTIVATION", "ACTIVATION, again", "ACTIVATION, observed", "ACTIVATION, output", "TARGET",
        "WEIGHTS", "BIAS", "SCRATCH", "DELTA", "ECHO", "ECHO, direct", "ANSWER", "SETTINGS", "SETTINGS, commits", "FEEDBACK", "inside", "stop word, closed",
        "stop word, failed");
    private static final List<String> PACKAGES =
        List.of("org.tickwave.", "org.tickwave.pipeline.", "org.tickwave.layout.", "org.tickwave.layout.docs.");
    private static final Pattern NAME = Pattern.compile("`([A-Za-z]+)`");

    private MemoryModelChecks() {
    }

    static void check(final Docs docs) {
        final Table table = docs.table(FILE, "The table", List.of("region", "proved by"));
        final Set<String> stresses =
            TestList.tests().stream().map(name -> name.substring(name.lastIndexOf('.') + 1)).collect(Collectors.toSet());
        final Set<String> unnamed = new TreeSet<>(stresses);
        final Set<String> kinds =
            Samples.EXAMPLE.regions().stream().map(region -> region.kind().name()).collect(Collectors.toCollection(TreeSet::new));
        final List<String> pairs = new ArrayList<>();
        for (final Row row : table.rows()) {
            final String pair = docs.code(table, row, "region");
            pairs.add(pair);
            kinds.remove(pair.split("[ ,]")[0]);
            if (!PAIRS.contains(pair)) {
                docs.problem(row, "expected one of " + PAIRS);
            }
            final Matcher name = NAME.matcher(docs.cell(table, row, "proved by").text());
            boolean proved = false;
            while (name.find()) {
                proved = true;
                unnamed.remove(name.group(1));
                if (!stresses.contains(name.group(1)) && !isTest(name.group(1))) {
                    docs.problem(row, "there is no test " + name.group(1));
                }
            }
            if (!proved) {
                docs.problem(row, "no test is named");
            }
        }
        if (!pairs.equals(PAIRS)) {
            docs.problem(table, "rows are " + pairs + ", expected " + PAIRS);
        }
        kinds.forEach(kind -> docs.problem(table, "no row for " + kind));
        unnamed.forEach(stress -> docs.problem(table, "no row names " + stress));
    }

    private static boolean isTest(final String name) {
        return name.endsWith("Test") && PACKAGES.stream().anyMatch(room -> {
            try {
                Class.forName(room + name, false, MemoryModelChecks.class.getClassLoader());
                return true;
            } catch (final ClassNotFoundException e) {
                return false;
            }
        });
    }
}
