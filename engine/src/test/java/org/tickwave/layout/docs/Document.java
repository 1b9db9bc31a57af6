package org.tickwave.layout.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A Markdown file in parts: its tables and its fenced drawings, each with its heading. Lines count from 1. */
final class Document {
    /** Text on a line, for naming the place of a problem. */
    record Cell(String file, int line, int column, String text) {
    }

    /** @param cells without the bars around them; as many as the table has columns, or fewer */
    record Row(String file, int line, List<Cell> cells) {
    }

    record Table(String file, int line, String heading, List<String> columns, List<Row> rows) {
    }

    /** @param caption the last line of text before the drawing */
    record Drawing(String file, int line, String heading, String caption, List<Cell> lines) {
    }

    private static final Pattern RULE = Pattern.compile("\\|[-:| ]+\\|");

    final String file;
    final List<String> lines;
    final List<String> headings = new ArrayList<>();
    final List<Table> tables = new ArrayList<>();
    final List<Drawing> drawings = new ArrayList<>();

    Document(final String file, final List<String> lines) {
        this.file = file;
        this.lines = List.copyOf(lines);
        String heading = "";
        String caption = "";
        for (int i = 0; i < lines.size(); i++) {
            final String line = lines.get(i);
            if (line.startsWith("#")) {
                heading = line.replaceFirst("^#+ *", "");
                headings.add(heading);
            } else if (line.startsWith("```")) {
                final int first = i + 1;
                do {
                    i++;
                } while (i < lines.size() && !lines.get(i).startsWith("```"));
                if (line.equals("```text")) {
                    drawings.add(new Drawing(file, first, heading, caption, cells(first, i)));
                }
            } else if (i + 1 < lines.size() && line.startsWith("|") && RULE.matcher(lines.get(i + 1)).matches()) {
                final int first = i + 2;
                int end = first;
                while (end < lines.size() && lines.get(end).startsWith("|")) {
                    end++;
                }
                tables.add(table(heading, i, first, end));
                i = end - 1;
            } else if (!line.isBlank()) {
                caption = line;
            }
        }
    }

    private List<Cell> cells(final int first, final int end) {
        final List<Cell> cells = new ArrayList<>();
        for (int i = first; i < Math.min(end, lines.size()); i++) {
            cells.add(new Cell(file, i + 1, 0, lines.get(i)));
        }
        return cells;
    }

    private Table table(final String heading, final int head, final int first, final int end) {
        final List<Row> rows = new ArrayList<>();
        for (int i = first; i < end; i++) {
            rows.add(new Row(file, i + 1, row(i)));
        }
        return new Table(file, head + 1, heading, row(head).stream().map(Cell::text).toList(), rows);
    }

    private List<Cell> row(final int index) {
        final String line = lines.get(index);
        final List<Cell> cells = new ArrayList<>();
        int from = 1;
        for (int bar = line.indexOf('|', from); bar >= 0; bar = line.indexOf('|', from)) {
            final String raw = line.substring(from, bar);
            final int indent = raw.length() - raw.stripLeading().length();
            cells.add(new Cell(file, index + 1, from + indent, raw.strip()));
            from = bar + 1;
        }
        return cells;
    }
}
