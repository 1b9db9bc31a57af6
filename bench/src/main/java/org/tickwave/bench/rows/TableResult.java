package org.tickwave.bench.rows;

import java.util.List;
import java.util.Objects;

/**
 * What all learners did with a table.
 *
 * @param name           of the table
 * @param rows           its rows
 * @param labelledRows   those with a label, which are scored and learnt
 * @param columns        numbers in a row
 * @param nominalColumns those that are indices of values
 * @param labels         different labels
 * @param rounds         complete rounds
 * @param learners       in the order in which they ran
 * @param findings       what each is better at, in sentences
 */
record TableResult(
    String name, int rows, int labelledRows, int columns, int nominalColumns, int labels, int rounds, List<LearnerResult> learners,
    List<String> findings) {

    boolean complete() {
        return name != null && findings != null && findings.stream().allMatch(Objects::nonNull) && learners != null
            && learners.stream().allMatch(each -> each != null && each.name() != null && each.source() != null && each.usPerRow() != null);
    }

    static TableResult of(final RowTable table, final int rounds, final List<LearnerResult> learners) {
        final List<LearnerResult> marked = learners.stream()
            .map(each -> each.unbeaten(learners.stream().noneMatch(other -> other.beats(each)))).toList();
        return new TableResult(table.name(), table.rows(), table.labelled(), table.columns().size(),
            (int) table.columns().stream().filter(Column::nominal).count(), table.labels().size(), rounds, marked,
            new Findings(marked, table.labelled()).sentences());
    }
}
