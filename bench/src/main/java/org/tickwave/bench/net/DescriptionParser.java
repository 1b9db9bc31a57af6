package org.tickwave.bench.net;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.tickwave.Activation;
import org.tickwave.Balance;
import org.tickwave.Feedback;
import org.tickwave.Loss;

/** Reads the JSON of a description. bench/README.md has the grammar. {@link GraphCheck} checks what the names mean. */
final class DescriptionParser {
    static final String DIRECT = NetworkDescription.named(Feedback.DIRECT);

    private static final Feedback[] OF_PROJECTIONS = {Feedback.TRANSPOSE, Feedback.RANDOM, Feedback.SIGN_SYMMETRIC};
    private static final int MOST_LAYERS = 1_024;
    private static final int MOST_PROJECTIONS = 16_384;
    private static final int LONGEST_PROJECTION = 1 << 16;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,64}");
    private static final String EXPECTED_NAME = "a name of 1 to 64 letters a to z and A to Z, digits, _, - and .";

    private final PlacedJson json;
    private final Map<String, Fields.Value> top = new LinkedHashMap<>();
    private final Map<String, Fields.Value> input = new LinkedHashMap<>();
    private final Map<String, Fields.Value> layer = new LinkedHashMap<>();
    private final Map<String, Fields.Value> output = new LinkedHashMap<>();
    private final Map<String, Fields.Value> projection = new LinkedHashMap<>();

    private DescriptionParser(final PlacedJson json) {
        this.json = json;
        final Fields.Value width = what -> json.whole(what, 1, Integer.MAX_VALUE);
        final Fields.Value first = what -> json.whole(what, 0, Integer.MAX_VALUE);
        final Fields.Value activation = what -> constant(what, Activation.values());
        input.put("name", this::name);
        input.put("first", first);
        input.put("width", width);
        layer.put("name", this::name);
        layer.put("width", width);
        layer.put("activation", activation);
        layer.put("feedback", this::direct);
        output.put("name", this::name);
        output.put("first", first);
        output.put("width", width);
        output.put("activation", activation);
        output.put("loss", what -> constant(what, Loss.values()));
        output.put("feedback", this::direct);
        projection.put("from", what -> json.text(what, "the name of a layer, as a string"));
        projection.put("to", what -> json.text(what, "the name of a layer, as a string"));
        projection.put("feedback", what -> constant(what, OF_PROJECTIONS));
        projection.put("length", what -> json.whole(what, 1, LONGEST_PROJECTION));
        top.put("balance", what -> constant(what, Balance.values()));
        top.put("inputs", what -> list(what, "input", MOST_LAYERS, input, "name"));
        top.put("layers", what -> list(what, "layer", MOST_LAYERS, layer, "name", "width"));
        top.put("outputs", what -> list(what, "output", MOST_LAYERS, output, "name"));
        top.put("projections", what -> list(what, "projection", MOST_PROJECTIONS, projection, "from", "to"));
    }

    /** The members of the description and of its parts. */
    static Fields parse(final SourceText text) throws NetworkException {
        final PlacedJson json = new PlacedJson(text);
        final Fields fields = Fields.read(json, "the description", new DescriptionParser(json).top);
        json.end();
        fields.require("inputs", "outputs", "projections");
        return fields;
    }

    private List<Fields> list(
        final String what, final String one, final int most, final Map<String, Fields.Value> keys, final String... required)
        throws NetworkException {
        final List<Fields> list = new ArrayList<>();
        json.list(what, most, (_, _) -> {
            final Fields fields = Fields.read(json, one + " " + (list.size() + 1), keys);
            fields.require(required);
            list.add(fields);
        });
        return list;
    }

    private String name(final String what) throws NetworkException {
        final int place = json.place();
        final String name = json.text(what, EXPECTED_NAME);
        if (!NAME.matcher(name).matches()) {
            throw json.refuse(place, what + ": " + PlacedJson.quoted(name) + ": expected " + EXPECTED_NAME);
        }
        return name;
    }

    private String direct(final String what) throws NetworkException {
        return oneOf(what, List.of(DIRECT));
    }

    private <T extends Enum<T>> T constant(final String what, final T[] constants) throws NetworkException {
        final List<String> names = Arrays.stream(constants).map(NetworkDescription::named).toList();
        return constants[names.indexOf(oneOf(what, names))];
    }

    private String oneOf(final String what, final List<String> names) throws NetworkException {
        final String expected = (names.size() == 1 ? "" : "one of ") + String.join(", ", names.stream().map(PlacedJson::quoted).toList());
        final int place = json.place();
        final String name = json.text(what, expected);
        if (!names.contains(name)) {
            throw json.refuse(place, what + ": " + PlacedJson.quoted(name) + ": expected " + expected);
        }
        return name;
    }
}
