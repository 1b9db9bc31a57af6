package org.tickwave.bench.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import org.tickwave.Network;
import org.tickwave.bench.net.NetworkDescription;
import org.tickwave.bench.score.Measure;
import org.tickwave.bench.score.Models;
import org.tickwave.bench.score.SeveralScores;

/** The scores of several outputs in a report's JSON. */
final class JsonOutputs {
    private JsonOutputs() {
    }

    /** Null if there is one output. */
    static JsonElement of(final Report report) {
        if (!(report.scores() instanceof final SeveralScores several)) {
            return JsonNull.INSTANCE;
        }
        final Network network = report.description().network();
        final boolean compares = !report.references().isEmpty();
        final JsonArray outputs = new JsonArray();
        for (final SeveralScores.Output output : several.outputs()) {
            final int layer = network.layer(output.name());
            final Measure measure = output.measure();
            final JsonObject json = new JsonObject();
            json.addProperty("name", output.name());
            json.addProperty("latency", report.description().latency(layer));
            json.addProperty("loss", NetworkDescription.named(network.loss(layer)));
            JsonReport.losses(json, measure, Models.NETWORK);
            JsonClasses.addAccuracies(json, measure, Models.NETWORK);
            json.add("backprop_loss", JsonReport.number(compares ? measure.losses().lastQuarter(Models.BACKPROP) : Double.NaN));
            json.add("linear_loss", JsonReport.number(compares ? measure.losses().lastQuarter(several.bestLinear()) : Double.NaN));
            outputs.add(json);
        }
        return outputs;
    }
}
