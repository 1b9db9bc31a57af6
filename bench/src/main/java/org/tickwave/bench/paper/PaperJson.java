package org.tickwave.bench.paper;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import org.tickwave.bench.json.Json;

/** What the command {@code paper} found, as one JSON object. A number that is not finite is null. */
public final class PaperJson {
    private PaperJson() {
    }

    /** The object in one line. */
    public static String of(final Paper paper) {
        final JsonObject object = new JsonObject();
        final JsonArray fallen = new JsonArray();
        paper.fallen().forEach(claim -> fallen.add(claim.id()));
        object.add("fallen", fallen);
        final JsonObject all = Json.RECORD_LINE.toJsonTree(paper).getAsJsonObject();
        object.add("claims", all.get("claims"));
        for (int i = 0; i < paper.claims().size(); i++) {
            object.getAsJsonArray("claims").get(i).getAsJsonObject().addProperty("holds", paper.claims().get(i).holds());
        }
        object.add("slips", all.get("slips"));
        object.add("budgets", all.get("budgets"));
        object.add("figures", all.get("figures"));
        return Json.RECORD_LINE.toJson(object);
    }
}
