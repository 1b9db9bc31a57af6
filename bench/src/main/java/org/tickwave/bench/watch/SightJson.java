package org.tickwave.bench.watch;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import org.tickwave.bench.json.Json;

/** Shapes and sights as JSON in one line. What is not known is null. */
public final class SightJson {
    private static final MathContext OF_WAVES = new MathContext(4);

    private SightJson() {
    }

    /** The JSON of a shape. */
    public static String of(final Shape shape) {
        final JsonObject json = new JsonObject();
        json.addProperty("title", shape.title());
        json.addProperty("process", shape.process());
        json.addProperty("started_ms", shape.startedMs());
        json.addProperty("network", shape.network());
        json.addProperty("rule", shape.rule());
        json.addProperty("hold", shape.hold());
        json.addProperty("latency", shape.latency());
        json.addProperty("columns", shape.columns());
        final JsonArray layers = new JsonArray();
        for (final Shape.Layer layer : shape.layers()) {
            final JsonObject one = new JsonObject();
            one.addProperty("name", layer.name());
            one.addProperty("width", layer.width());
            one.addProperty("level", layer.level());
            one.addProperty("role", layer.role().name().toLowerCase(Locale.ROOT));
            one.add("place", point(layer.place()));
            layers.add(one);
        }
        json.add("layers", layers);
        final JsonArray projections = new JsonArray();
        for (final Shape.Projection projection : shape.projections()) {
            final JsonObject one = new JsonObject();
            one.addProperty("from", projection.from());
            one.addProperty("to", projection.to());
            one.addProperty("ticks", projection.ticks());
            one.addProperty("back", projection.back());
            final JsonArray way = new JsonArray();
            projection.way().forEach(point -> way.add(point(point)));
            one.add("way", way);
            projections.add(one);
        }
        json.add("projections", projections);
        return Json.LINE.toJson(json);
    }

    private static JsonArray point(final Shape.Point point) {
        final JsonArray json = new JsonArray();
        json.add(point.column());
        json.add(number(point.y()));
        return json;
    }

    /** The JSON of a sight. */
    public static String of(final Sight sight) {
        final JsonObject json = new JsonObject();
        json.addProperty("state", sight.state().words());
        json.addProperty("over", sight.state().over());
        json.addProperty("ticks", sight.ticks());
        json.add("frames", count(sight.frames()));
        json.add("ticks_per_second", number(sight.ticksPerSecond()));
        json.add("tick_ns", number(sight.tickNs()));
        json.add("budget_ns", number(sight.budgetNs()));
        json.add("late", count(sight.late()));
        json.add("loss_lately", number(sight.lossLately()));
        json.add("loss_overall", number(sight.lossOverall()));
        final SeenWaves waves = sight.waves();
        json.add("newest_tick", waves == null ? JsonNull.INSTANCE : new JsonPrimitive(waves.newest()));
        json.add("up", waves == null ? new JsonArray() : rows(waves.up()));
        json.add("down", waves == null ? new JsonArray() : rows(waves.down()));
        json.add("up_bins", waves == null ? new JsonArray() : rows(waves.upBins()));
        json.add("down_bins", waves == null ? new JsonArray() : rows(waves.downBins()));
        return Json.LINE.toJson(json);
    }

    private static JsonElement count(final long count) {
        return count < 0 ? JsonNull.INSTANCE : new JsonPrimitive(count);
    }

    private static JsonElement number(final double value) {
        return Double.isFinite(value) ? new JsonPrimitive(value) : JsonNull.INSTANCE;
    }

    private static JsonArray rows(final float[][] rows) {
        final JsonArray json = new JsonArray();
        for (final float[] row : rows) {
            if (row == null) {
                json.add(JsonNull.INSTANCE);
                continue;
            }
            final JsonArray numbers = new JsonArray();
            for (final float value : row) {
                numbers.add(Float.isFinite(value) ? new JsonPrimitive(new BigDecimal(value).round(OF_WAVES)) : JsonNull.INSTANCE);
            }
            json.add(numbers);
        }
        return json;
    }
}
