package org.tickwave.bench.rows;

import java.util.List;
import java.util.Objects;
import org.tickwave.bench.forks.End;
import org.tickwave.bench.forks.Machine;
import org.tickwave.bench.json.Json;

/**
 * The result of a comparison of learners.
 *
 * @param version        of this program
 * @param end            {@code done} or {@code interrupted}
 * @param machine        where the learners ran
 * @param busyProcessors processors that other programs kept busy before the first round
 * @param roundsPlanned  rounds of each table that were asked for
 * @param mark           rounds that disagree by more are marked
 * @param tables         those with a complete round
 * @param leftOut        which learners are missing, and how to get them
 */
record RowsResult(
    String version, End end, Machine machine, double busyProcessors, int roundsPlanned, double mark, List<TableResult> tables,
    List<String> leftOut) {
    String json() {
        return Json.RECORD.toJson(this);
    }

    /** @return null if the text is empty */
    static RowsResult parse(final String json) {
        return Json.RECORD.fromJson(json, RowsResult.class);
    }

    /** Whether nothing is missing: a text that was parsed may be another object. */
    boolean complete() {
        return version != null && machine != null && tables != null && leftOut != null && tables.stream().allMatch(table -> table != null && table.complete())
            && leftOut.stream().allMatch(Objects::nonNull);
    }
}
