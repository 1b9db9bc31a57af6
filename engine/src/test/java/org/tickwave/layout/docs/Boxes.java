package org.tickwave.layout.docs;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tickwave.layout.docs.Document.Cell;
import org.tickwave.layout.docs.Document.Drawing;

/**
 * A drawing to scale: {@code offset |name |name   |}, where the place of each bar is an offset. The caption gives the scale:
 * {@code 4 characters = 1 byte}, {@code 1 character = 8 bytes}. A box that crosses the end of a line goes on in the next line
 * under the same name.
 */
final class Boxes {
    /** A named range of bytes, from inclusive, to exclusive. */
    record Box(String name, long from, long to) {
    }

    private record Drawn(Cell line, Box box) {
    }

    private static final Pattern SCALE = Pattern.compile("([0-9]+) characters? = ([0-9,]+) bytes?");
    private static final Pattern LINE = Pattern.compile(" *([0-9,]+) (\\|.*\\|)");

    private Boxes() {
    }

    static void check(final Docs docs, final Drawing drawing, final List<Box> expected) {
        final Matcher scale = SCALE.matcher(drawing.caption());
        if (!scale.find()) {
            docs.problems.add(new Docs.Problem(
                drawing.file(), drawing.line(), "no scale above the drawing, such as \"1 character = 8 bytes\""));
            return;
        }
        final double bytes =
            Double.parseDouble(scale.group(2).replace(",", "")) / Double.parseDouble(scale.group(1));
        final List<Drawn> drawn = new ArrayList<>();
        long end = 0;
        for (final Cell line : drawing.lines()) {
            final Matcher matcher = LINE.matcher(line.text());
            if (matcher.matches()) {
                final long offset = Long.parseLong(matcher.group(1).replace(",", ""));
                if (offset != end) {
                    docs.problem(line, "begins at " + offset + ", expected " + end + ", where the line before it ends");
                }
                end = read(line, offset, matcher.group(2), bytes, drawn);
            } else {
                docs.problem(line, "expected \"offset |name |name |\"");
            }
        }
        final List<Box> sorted = expected.stream().sorted(Comparator.comparingLong(Box::from)).toList();
        for (int i = 0; i < Math.max(sorted.size(), drawn.size()); i++) {
            if (i >= drawn.size()) {
                docs.problems.add(new Docs.Problem(drawing.file(), drawing.line(), "not drawn: " + sorted.get(i)));
            } else if (i >= sorted.size() || !sorted.get(i).equals(drawn.get(i).box)) {
                docs.problem(drawn.get(i).line, "drawn is " + drawn.get(i).box + ", expected "
                    + (i < sorted.size() ? sorted.get(i) : "nothing"));
                return;
            }
        }
    }

    /** @return the offset at the end of the line */
    private static long read(
        final Cell line, final long offset, final String boxes, final double bytes, final List<Drawn> drawn) {
        int bar = 0;
        for (int next = boxes.indexOf('|', 1); next > 0; next = boxes.indexOf('|', bar + 1)) {
            final String name = boxes.substring(bar + 1, next).strip();
            final long from = offset + Math.round(bar * bytes);
            final long to = offset + Math.round(next * bytes);
            final Box last = drawn.isEmpty() ? null : drawn.getLast().box;
            if (last != null && last.name.equals(name) && last.to == from) {
                final Cell where = drawn.removeLast().line;
                drawn.add(new Drawn(where, new Box(name, last.from, to)));
            } else {
                drawn.add(new Drawn(line, new Box(name, from, to)));
            }
            bar = next;
        }
        return offset + Math.round(bar * bytes);
    }
}
