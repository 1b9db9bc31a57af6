package org.tickwave.bench.model;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tickwave.Network;
import org.tickwave.bench.scale.Normaliser;
import org.tickwave.bench.stream.Features;

/**
 * Writes the metadata of a model: everything except the weights. Safetensors metadata are strings only, so structured values are
 * written as JSON text.
 */
final class MetadataWriter {
    private MetadataWriter() {
    }

    private interface Value {
        void to(JsonWriter json) throws IOException;
    }

    /** The metadata of a model, always in the same order. */
    static Map<String, String> of(final Model model, final String version) throws IOException {
        final Network network = model.network();
        final Map<String, String> values = new LinkedHashMap<>();
        // Some PyTorch loaders require this key.
        values.put("format", "pt");
        values.put(Metadata.FORMAT_KEY, model.graph() == null ? Metadata.FORMAT : Metadata.FORMAT_OF_GRAPHS);
        values.put("tickwave_version", version);
        values.put("task", model.task());
        if (model.graph() == null) {
            chain(network, values);
        } else {
            values.put(Metadata.NETWORK_KEY, model.graph().toJson());
            values.put("frame_width", Integer.toString(model.frameWidth()));
        }
        values.put("labels", json(json -> strings(json, model.labels())));
        values.put("context", Integer.toString(model.context()));
        values.put("gain", Float.toString(model.gain()));
        values.put("seed", Long.toString(model.seed()));
        if (model.features() != null) {
            values.put("features", json(json -> write(json, model.features())));
        }
        if (model.normalisation() != null) {
            values.put("normalisation", json(json -> write(json, model.normalisation())));
        }
        if (!model.columns().isEmpty()) {
            values.put("columns", json(json -> strings(json, model.columns())));
        }
        if (model.labelColumn() != null) {
            values.put("label_column", model.labelColumn());
        }
        if (model.unfinished() != null) {
            values.put(Metadata.UNFINISHED_KEY, model.unfinished());
        }
        return values;
    }

    private static void chain(final Network network, final Map<String, String> values) throws IOException {
        values.put("widths", json(json -> {
            json.beginArray();
            for (int l = 0; l <= network.layers(); l++) {
                json.value(network.width(l));
            }
            json.endArray();
        }));
        values.put("activation", Metadata.name(network.activation(1)));
        values.put("output_activation", Metadata.name(network.activation(network.layers())));
        values.put("loss", Metadata.name(network.loss()));
    }

    private static void strings(final JsonWriter json, final List<String> strings) throws IOException {
        json.beginArray();
        for (final String string : strings) {
            json.value(string);
        }
        json.endArray();
    }

    private static void write(final JsonWriter json, final Features features) throws IOException {
        json.beginObject();
        json.name("sample_rate").value(features.sampleRate());
        json.name("window_samples").value(features.windowSamples());
        json.name("step_samples").value(features.stepSamples());
        json.name("fft_samples").value(features.fftSamples());
        json.name("bands").value(features.bands());
        json.name("floor").value(features.floor());
        json.endObject();
    }

    private static void write(final JsonWriter json, final Normaliser.State state) throws IOException {
        json.beginObject();
        if (state.limit() != Normaliser.ALL_FRAMES) {
            json.name("frames").value(state.limit());
        }
        json.name("counts").beginArray();
        for (final long count : state.counts()) {
            json.value(count);
        }
        json.endArray().name("mean").beginArray();
        for (final double mean : state.mean()) {
            json.value(mean);
        }
        json.endArray().name("squares").beginArray();
        for (final double square : state.squares()) {
            json.value(square);
        }
        json.endArray().endObject();
    }

    private static String json(final Value value) throws IOException {
        final StringWriter text = new StringWriter();
        value.to(new JsonWriter(text));
        return text.toString();
    }
}
