package org.tickwave.bench.layout;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.Locale;
import org.tickwave.bench.json.Json;
import org.tickwave.bench.net.NetworkDescription;
import org.tickwave.bench.net.NetworkDescription.Projection;
import org.tickwave.layout.Region;
import org.tickwave.layout.Wiring;

/** The layers, projections and regions of a network as one JSON object. */
public final class LayoutJson {
    private LayoutJson() {
    }

    /** The object in several lines. */
    public static String of(final Plan plan) {
        final JsonObject object = new JsonObject();
        object.addProperty("network", plan.network());
        object.addProperty("balance", NetworkDescription.named(plan.description().balance()));
        object.addProperty("rule", plan.rule().toString());
        object.addProperty("history", plan.geometry().history());
        object.addProperty("lane_bits", plan.geometry().lanes() * Float.SIZE);
        object.addProperty("panel_columns", plan.layout().weights(1).panelColumns());
        object.addProperty("latency", plan.wiring().latency());
        object.addProperty("image_bytes", plan.layout().imageBytes());
        object.add("layers", layers(plan));
        object.add("projections", projections(plan));
        object.add("direct_edges", directEdges(plan));
        object.add("regions", regions(plan));
        return Json.INDENTED.toJson(object);
    }

    private static JsonArray layers(final Plan plan) {
        final Wiring wiring = plan.wiring();
        final JsonArray layers = new JsonArray();
        for (int l = 0; l < wiring.layers(); l++) {
            final boolean learns = l >= wiring.inputs();
            final JsonObject entry = new JsonObject();
            entry.addProperty("name", plan.name(l));
            entry.addProperty("kind", plan.role(l).name().toLowerCase(Locale.ROOT));
            entry.addProperty("width", plan.geometry().width(l));
            entry.addProperty("activation", learns ? plan.activation(l) : null);
            entry.addProperty("loss", wiring.isOutput(l) ? NetworkDescription.named(plan.output(l).loss()) : null);
            entry.addProperty("direct_feedback", learns ? plan.direct(l) : null);
            entry.addProperty("level", wiring.level(l));
            entry.addProperty("slope_age", learns ? wiring.slopeAge(l) : null);
            entry.addProperty("target_age", wiring.isOutput(l) ? wiring.targetAge(l) : null);
            entry.addProperty("gate", learns ? wiring.gate(l) : null);
            entry.addProperty("echo_gate", learns ? wiring.echoGate(l) : null);
            layers.add(entry);
        }
        return layers;
    }

    private static JsonArray projections(final Plan plan) {
        final Wiring wiring = plan.wiring();
        final JsonArray projections = new JsonArray();
        for (int k = 1; k <= wiring.projections(); k++) {
            final Projection projection = plan.projection(k);
            final JsonObject entry = new JsonObject();
            entry.addProperty("from", projection.from());
            entry.addProperty("to", projection.to());
            entry.addProperty("feedback", NetworkDescription.named(projection.feedback()));
            entry.addProperty("length", projection.length());
            entry.addProperty("delay", wiring.delay(k));
            entry.addProperty("age", wiring.age(k));
            entry.addProperty("gate", wiring.gate(wiring.to(k)));
            projections.add(entry);
        }
        return projections;
    }

    private static JsonArray directEdges(final Plan plan) {
        final Wiring wiring = plan.wiring();
        final JsonArray edges = new JsonArray();
        for (int edge = wiring.projections() + 1; edge <= wiring.edges(); edge++) {
            final JsonObject entry = new JsonObject();
            entry.addProperty("from", plan.name(wiring.from(edge)));
            entry.addProperty("to", plan.name(wiring.to(edge)));
            entry.addProperty("delay", wiring.delay(edge));
            edges.add(entry);
        }
        return edges;
    }

    private static JsonArray regions(final Plan plan) {
        final JsonArray regions = new JsonArray();
        for (final Region region : plan.layout().regions()) {
            final int layer = Plan.layer(region);
            final int edge = Plan.edge(region);
            final JsonObject entry = new JsonObject();
            entry.addProperty("kind", region.kind().name());
            entry.addProperty("layer", layer >= 0 ? plan.name(layer) : null);
            entry.addProperty("from", edge > 0 ? plan.name(plan.wiring().from(edge)) : null);
            entry.addProperty("to", edge > 0 ? plan.name(plan.wiring().to(edge)) : null);
            entry.addProperty("offset", region.offset());
            entry.addProperty("stride", region.strideBytes());
            entry.addProperty("depth", region.slots());
            entry.addProperty("bytes", region.bytes());
            entry.addProperty("width", region.width());
            regions.add(entry);
        }
        return regions;
    }
}
