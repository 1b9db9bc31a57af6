package org.tickwave.bench.budget;

import org.tickwave.bench.json.Json;

/** What the command {@code budget} found, as one JSON object. A number that is not finite is null. */
public final class BudgetJson {
    private BudgetJson() {
    }

    /** The object in one line. */
    public static String of(final BudgetReport report) {
        return Json.RECORD_LINE.toJson(report);
    }
}
