package org.tickwave.bench.json;

import com.google.gson.FieldNamingPolicy;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonNull;
import com.google.gson.JsonPrimitive;
import com.google.gson.JsonSerializer;

/** The forms of JSON that this program writes. A member without a value is null; no member is left out. */
public final class Json {
    private static final JsonSerializer<Double> FINITE =
        (value, _, _) -> Double.isFinite(value) ? new JsonPrimitive(value) : JsonNull.INSTANCE;

    /** In one line. Escapes what HTML escapes, so that the text may stand in a page. */
    public static final Gson LINE = new GsonBuilder().serializeNulls().create();
    /** Indented. Escapes what HTML escapes. */
    public static final Gson INDENTED = LINE.newBuilder().setPrettyPrinting().create();
    /** A record in one line, its members named in snake_case. A number that is not finite is null. */
    public static final Gson RECORD_LINE = records().registerTypeAdapter(double.class, FINITE).registerTypeAdapter(Double.class, FINITE).create();
    /** A record, indented, its members named in snake_case. Refuses a number that is not finite. */
    public static final Gson RECORD = records().setPrettyPrinting().create();

    private Json() {
    }

    private static GsonBuilder records() {
        return new GsonBuilder().setFieldNamingPolicy(FieldNamingPolicy.LOWER_CASE_WITH_UNDERSCORES).serializeNulls().disableHtmlEscaping();
    }
}
