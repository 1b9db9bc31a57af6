package org.tickwave.bench.paper;

import com.google.gson.FieldNamingPolicy;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.gson.JsonSerializer;

/** What the command {@code paper} found, as one JSON object. A number that is not finite is null. */
public final class PaperJson {
    private static final JsonSerializer<Double> FINITE =
        (value, _, _) -> Double.isFinite(value) ? new JsonPrimitive(value) : JsonNull.INSTANCE;
    private static final Gson GSON = new GsonBuilder().setFieldNamingPolicy(FieldNamingPolicy.LOWER_CASE_WITH_UNDERSCORES)
        .registerTypeAdapter(double.class, FINITE).registerTypeAdapter(Double.class, FINITE).serializeNulls().disableHtmlEscaping().create();

    private PaperJson() {
    }

    /** The object in one line. */
    public static String of(final Paper paper) {
        final JsonObject object = new JsonObject();
        final JsonArray fallen = new JsonArray();
        paper.fallen().forEach(claim -> fallen.add(claim.id()));
        object.add("fallen", fallen);
        final JsonObject all = GSON.toJsonTree(paper).getAsJsonObject();
        object.add("claims", all.get("claims"));
        for (int i = 0; i < paper.claims().size(); i++) {
            object.getAsJsonArray("claims").get(i).getAsJsonObject().addProperty("holds", paper.claims().get(i).holds());
        }
        object.add("slips", all.get("slips"));
        object.add("budgets", all.get("budgets"));
        object.add("figures", all.get("figures"));
        return GSON.toJson(object);
    }
}
