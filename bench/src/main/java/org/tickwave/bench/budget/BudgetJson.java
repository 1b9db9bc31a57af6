package org.tickwave.bench.budget;

import com.google.gson.FieldNamingPolicy;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonNull;
import com.google.gson.JsonPrimitive;
import com.google.gson.JsonSerializer;

/** What the command {@code budget} found, as one JSON object. A number that is not finite is null. */
public final class BudgetJson {
    private static final JsonSerializer<Double> FINITE =
        (value, _, _) -> Double.isFinite(value) ? new JsonPrimitive(value) : JsonNull.INSTANCE;
    private static final Gson GSON = new GsonBuilder().setFieldNamingPolicy(FieldNamingPolicy.LOWER_CASE_WITH_UNDERSCORES)
        .registerTypeAdapter(double.class, FINITE).registerTypeAdapter(Double.class, FINITE).serializeNulls().disableHtmlEscaping().create();

    private BudgetJson() {
    }

    /** The object in one line. */
    public static String of(final BudgetReport report) {
        return GSON.toJson(report);
    }
}
