package org.tickwave.bench.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tickwave.bench.stream.Printable;
import org.tickwave.bench.stream.StreamException;

/**
 * The columns of a table, and which of them are read.
 *
 * @param all    names of all columns
 * @param frame  names of the columns in a frame, in order
 * @param label  name of the label's column; null if the table has none
 * @param places for each column its index in a frame, {@link #LABEL} or {@link #IGNORED}
 */
record Columns(List<String> all, List<String> frame, String label, int[] places) {
    static final int IGNORED = -1;
    static final int LABEL = -2;
    /** Largest number of columns. */
    static final int MOST = 65_536;

    private static final int SHOWN = 10;

    /**
     * Chooses the columns.
     *
     * @param first cells of the first row
     * @throws StreamException if the first row is no header, or a column is missing
     */
    static Columns of(final String table, final List<String> first, final TableOptions options) throws StreamException {
        if (options.header()) {
            requireNames(table, first);
        }
        final List<String> all = new ArrayList<>();
        final Map<String, Integer> indices = new HashMap<>();
        for (final String cell : first) {
            final String number = Integer.toString(all.size() + 1);
            final String name = options.header() ? TableOptions.name(cell) : number;
            all.add(name.isEmpty() ? number : name);
            final Integer same = indices.put(all.getLast(), all.size() - 1);
            if (same != null) {
                throw new StreamException(table + ": columns " + (same + 1) + " and " + all.size() + " have the name "
                    + Cells.shown(all.getLast()) + ": expected different names" + noHeader(first, options));
            }
        }
        return new Chooser(table, all, indices, first, options).columns();
    }

    private static void requireNames(final String table, final List<String> first) throws StreamException {
        final List<String> filled = first.stream().map(Cells::trimmed).filter(cell -> !Cells.missing(cell)).toList();
        if (!filled.isEmpty() && filled.stream().noneMatch(cell -> Double.isNaN(Cells.number(cell)))) {
            throw new StreamException(table + ": the first row holds numbers only: " + shown(filled)
                + ": expected the names of the columns, or --no-header");
        }
    }

    /** A hint if a header holds a number, as the first row of a table without a header would. */
    static String noHeader(final List<String> first, final TableOptions options) {
        return options.header() && first.stream().map(Cells::trimmed).anyMatch(cell -> !Double.isNaN(Cells.number(cell)))
            ? ", or --no-header if the first row holds no names" : "";
    }

    /** Names for a message, at most ten of them. */
    static String shown(final List<String> names) {
        final String shown = Printable.text(String.join(", ", names.subList(0, Math.min(SHOWN, names.size()))));
        return names.size() <= SHOWN ? shown : shown + ", ... (" + names.size() + " in all)";
    }

    /** Finds the columns that the options name. */
    private record Chooser(
        String table, List<String> all, Map<String, Integer> indices, List<String> first, TableOptions options) {
        Columns columns() throws StreamException {
            final int[] places = new int[all.size()];
            Arrays.fill(places, IGNORED);
            String label = options.label();
            if (label != null && !indices.containsKey(label) && options.labelOptional()) {
                label = null;
            }
            if (label != null) {
                places[find("--label", label)] = LABEL;
            }
            final List<String> frame = frame(places);
            if (frame.isEmpty()) {
                throw new StreamException(table + ": no column is left for the numbers: expected one besides the label and --drop");
            }
            for (int i = 0; i < frame.size(); i++) {
                places[indices.get(frame.get(i))] = i;
            }
            return new Columns(List.copyOf(all), frame, label, places);
        }

        private List<String> frame(final int[] places) throws StreamException {
            if (options.expectedColumns() != null) {
                for (final String name : options.expectedColumns()) {
                    find("the model", name);
                }
                return options.expectedColumns();
            }
            if (options.columns() != null) {
                for (final String name : options.columns()) {
                    find("--columns", name);
                }
                return options.columns();
            }
            final boolean[] dropped = new boolean[all.size()];
            for (final String name : options.drop() == null ? List.<String>of() : options.drop()) {
                dropped[find("--drop", name)] = true;
            }
            final List<String> frame = new ArrayList<>();
            for (int i = 0; i < places.length; i++) {
                if (places[i] == IGNORED && !dropped[i]) {
                    frame.add(all.get(i));
                }
            }
            return List.copyOf(frame);
        }

        private int find(final String option, final String name) throws StreamException {
            final Integer index = indices.get(name);
            if (index == null) {
                throw new StreamException(table + ": no column " + Cells.shown(name) + ", which " + option
                    + " names: the table has " + shown(all) + ": expected one of its columns" + noHeader(first, options));
            }
            return index;
        }
    }
}
