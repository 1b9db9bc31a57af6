package org.tickwave.bench.table;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.tickwave.bench.stream.StreamException;
import org.tickwave.kernel.Good;

/** Takes the cells of a row from FastCSV: the first row as text, all others as numbers and a label. */
final class RowHandler extends AbstractBaseCsvCallbackHandler<RowHandler> {
    static final int NO_LABEL = -1;

    private static final int NONE = -1;
    /** The largest number that may be scaled: its square is finite. */
    private static final double LARGEST_SCALED = 1e150;

    private final String table;
    private final TableText text;

    // The first row, until choose() is called.
    private List<String> first = new ArrayList<>();

    private Columns columns;
    private LabelIndex labels;
    private boolean findsLabels;
    private double largest;
    private String expected;
    /** For each number of a frame whether a row has shown that its column is numeric. */
    private boolean[] numeric;
    private int undecided;

    // The present row.
    private double[] numbers;
    private int label;
    private String newLabel;
    private boolean blank;
    private int badNumber;
    private String badText;
    private boolean badIsNumber;
    private String badLabel;

    RowHandler(final String table, final TableText text) {
        this.table = table;
        this.text = text;
    }

    /** The number of cells of the row. */
    int cells() {
        return getFieldCount();
    }

    /** The cells of the first row as text. */
    List<String> first() {
        return first;
    }

    /**
     * Reads all further rows as numbers.
     *
     * @param known  whether all columns of the frame are known to be numeric
     * @param labels the allowed labels; null to find the labels
     */
    void choose(final Columns chosen, final boolean known, final LabelIndex allowed, final boolean scaled) {
        columns = chosen;
        first = null;
        findsLabels = allowed == null;
        labels = allowed == null ? new LabelIndex(List.of()) : allowed;
        largest = scaled ? LARGEST_SCALED : Good.LIMIT;
        expected = scaled ? "at most 1e150 in magnitude" : "at most 2^30 in magnitude, or --normalise";
        numbers = new double[chosen.frame().size()];
        numeric = new boolean[numbers.length];
        Arrays.fill(numeric, known);
        undecided = known ? 0 : numbers.length;
    }

    /** Forgets a blank row that came before the first row. */
    void forget() {
        if (columns == null) {
            first.clear();
        }
    }

    /** Takes the first row again, this time as numbers. */
    void takeAgain(final List<String> cells) {
        clear();
        for (int i = 0; i < cells.size(); i++) {
            handleField(i, cells.get(i).toCharArray(), 0, cells.get(i).length(), true);
        }
    }

    private void clear() {
        if (columns != null) {
            Arrays.fill(numbers, Double.NaN);
        }
        label = NO_LABEL;
        newLabel = null;
        blank = false;
        badNumber = NONE;
        badText = null;
        badIsNumber = false;
        badLabel = null;
    }

    @Override
    protected void handleBegin(final long line) {
        text.rowBegins(line);
        clear();
    }

    @Override
    protected void handleField(final int index, final char[] cell, final int offset, final int length, final boolean quoted) {
        if (index >= Columns.MOST && columns == null) {
            throw new UncheckedIOException(
                new StreamException(table + ": line " + line() + ": more than 65,536 columns: expected fewer"));
        }
        int from = offset;
        int to = offset + length;
        while (from < to && Cells.blank(cell[from])) {
            from++;
        }
        while (from < to && Cells.blank(cell[to - 1])) {
            to--;
        }
        blank = index == 0 && from == to && !quoted;
        if (columns == null) {
            first.add(new String(cell, from, to - from));
        } else if (index < columns.places().length) {
            final int place = columns.places()[index];
            if (place >= 0) {
                takeNumber(place, cell, from, to);
            } else if (place == Columns.LABEL && !Cells.missing(cell, from, to)) {
                takeLabel(cell, from, to);
            }
        }
    }

    private void takeNumber(final int place, final char[] cell, final int from, final int to) {
        final double v = Cells.number(cell, from, to);
        if (Math.abs(v) <= largest) {
            numbers[place] = v;
        } else if (!Cells.missing(cell, from, to)) {
            final boolean number = !Double.isNaN(v);
            // Text in a column that may not be numeric comes before all other faults.
            if (badNumber == NONE || !number && !numeric[place] && (badIsNumber || numeric[badNumber])) {
                badNumber = place;
                badText = new String(cell, from, to - from);
                badIsNumber = number;
            }
        }
    }

    private void takeLabel(final char[] cell, final int from, final int to) {
        label = labels.find(cell, from, to);
        if (label < 0) {
            final String unknown = TableOptions.name(new String(cell, from, to - from));
            newLabel = findsLabels ? unknown : null;
            badLabel = findsLabels ? null : unknown;
        }
    }

    @Override
    protected RowHandler buildRecord() {
        return this;
    }

    /** The line in which the row begins. */
    long line() {
        return getStartingLineNumber();
    }

    /** Whether the row is a line of blanks. */
    boolean isBlank() {
        return blank;
    }

    /** The numbers of the row; NaN where the cell is empty. Overwritten by the next row. */
    double[] numbers() {
        return numbers;
    }

    int label() {
        return label;
    }

    /** How many columns of the frame have shown no number and no text yet. */
    int undecided() {
        return undecided;
    }

    /** A column of the frame that has shown no number yet. */
    String undecidedColumn() {
        int i = 0;
        while (numeric[i]) {
            i++;
        }
        return columns.frame().get(i);
    }

    LabelIndex labels() {
        return labels;
    }

    /** The column that this row shows to be text; null if there is none. */
    String textColumn() {
        final boolean text = cells() == columns.places().length && badNumber != NONE && !badIsNumber && !numeric[badNumber];
        return text ? columns.frame().get(badNumber) : null;
    }

    /** The text that makes a column no column of numbers, for a message. */
    String badText() {
        return Cells.shown(badText);
    }

    /** Whether the row has a fault. */
    boolean bad() {
        return cells() != columns.places().length || badNumber != NONE || badLabel != null;
    }

    /** What is bad about this row, which is bad. */
    String fault() {
        final int cells = cells();
        final int width = columns.places().length;
        if (cells != width) {
            return "line " + line() + ": " + cells + (cells == 1 ? " cell" : " cells") + ": expected " + width;
        }
        if (badNumber != NONE) {
            return at(columns.frame().get(badNumber)) + badText() + ": expected " + (badIsNumber ? expected : "a number");
        }
        return at(columns.label()) + Cells.shown(badLabel) + ": expected a label: "
            + Columns.shown(List.of(labels.labels()));
    }

    private String at(final String column) {
        return "line " + line() + ", column " + Cells.shown(column) + ": ";
    }

    /** Takes over what a good row shows: which columns are numeric, and its label. */
    void keep() throws StreamException {
        for (int i = 0; undecided > 0 && i < numbers.length; i++) {
            if (!numeric[i] && !Double.isNaN(numbers[i])) {
                numeric[i] = true;
                undecided--;
            }
        }
        if (newLabel != null) {
            if (labels.size() == TableOptions.MOST_LABELS) {
                throw new StreamException(table + ": column " + Cells.shown(columns.label())
                    + " has more than 1,000 labels: expected at most 1,000, or another --label");
            }
            labels.add(newLabel);
        }
    }
}
