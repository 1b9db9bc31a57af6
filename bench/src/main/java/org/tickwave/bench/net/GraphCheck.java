package org.tickwave.bench.net;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tickwave.Balance;

/** Checks that the names of a description form a network: what is refused here has a place in the text. */
final class GraphCheck {
    /** The most layers of a cycle that a message names, before the last one. */
    private static final int MOST_SHOWN = 8;

    private final SourceText text;
    private final Fields fields;
    /** All layers by name: inputs, layers, outputs. */
    private final Map<String, Fields> layers = new LinkedHashMap<>();
    private final Set<String> inputs = new HashSet<>();
    private final Set<String> outputs = new HashSet<>();
    /** The projections out of each layer and into each layer. */
    private final Map<String, List<Fields>> outOf = new HashMap<>();
    private final Map<String, List<Fields>> into = new HashMap<>();

    GraphCheck(final SourceText text, final Fields fields) {
        this.text = text;
        this.fields = fields;
    }

    void check() throws NetworkException {
        add("inputs", inputs);
        add("layers", new HashSet<>());
        add("outputs", outputs);
        expectSome("inputs");
        expectSome("outputs");
        final Set<List<String>> pairs = new HashSet<>();
        for (final Fields projection : fields.list("projections")) {
            add(projection, pairs);
        }
        checkEnds();
        final Set<String> reached = reachable(inputs, outOf, "to");
        final Set<String> needed = reachable(outputs, into, "from");
        for (final Map.Entry<String, Fields> layer : layers.entrySet()) {
            final String name = layer.getKey();
            if (!reached.contains(name)) {
                throw refuse(layer.getValue(), name, "no input reaches it: expected a way from an input");
            }
            if (!needed.contains(name)) {
                throw refuse(layer.getValue(), name, "it reaches no output: expected a way to an output");
            }
        }
        if (fields.value("balance", Balance.BALANCED, Balance.class) != Balance.RECURRENT) {
            refuseCycle();
        }
    }

    private void expectSome(final String key) throws NetworkException {
        if (fields.list(key).isEmpty()) {
            throw text.refuse(fields.place(key), "no " + key + ": expected at least one");
        }
    }

    private void add(final String key, final Set<String> names) throws NetworkException {
        for (final Fields layer : fields.list(key)) {
            final String name = layer.text("name");
            if (layers.put(name, layer) != null) {
                throw layer.refuse(layer.place("name"), "a second layer " + PlacedJson.quoted(name) + ": expected another name");
            }
            names.add(name);
            outOf.put(name, new ArrayList<>());
            into.put(name, new ArrayList<>());
        }
    }

    private void add(final Fields projection, final Set<List<String>> pairs) throws NetworkException {
        final String from = known(projection, "from");
        final String to = known(projection, "to");
        if (inputs.contains(to)) {
            throw projection.refuse(projection.place("to"), "leads into the input " + PlacedJson.quoted(to) + ": expected a layer or an output");
        }
        if (!pairs.add(List.of(from, to))) {
            throw projection.refuse(projection.place(), "a second projection from " + PlacedJson.quoted(from) + " to " + PlacedJson.quoted(to)
                + ": expected at most one");
        }
        if (projection.has("feedback") && layers.get(from).has("feedback")) {
            throw projection.refuse(projection.place("feedback"), "feedback of a projection out of " + PlacedJson.quoted(from)
                + ": expected none, since " + PlacedJson.quoted(from) + " has direct feedback");
        }
        outOf.get(from).add(projection);
        into.get(to).add(projection);
    }

    private String known(final Fields projection, final String key) throws NetworkException {
        final String name = projection.text(key);
        if (!layers.containsKey(name)) {
            throw projection.refuse(projection.place(key), key + " " + PlacedJson.quoted(name)
                + ": there is no such layer: expected the name of an input, a layer or an output");
        }
        return name;
    }

    private void checkEnds() throws NetworkException {
        for (final Map.Entry<String, Fields> layer : layers.entrySet()) {
            final String name = layer.getKey();
            if (into.get(name).isEmpty() && !inputs.contains(name)) {
                throw refuse(layer.getValue(), name, "no projection leads into it: expected at least one");
            }
            if (outOf.get(name).isEmpty() && !outputs.contains(name)) {
                throw refuse(layer.getValue(), name, "no projection leads out of it: expected at least one");
            }
        }
    }

    private static NetworkException refuse(final Fields layer, final String name, final String message) {
        return layer.refuse(layer.place("name"), PlacedJson.quoted(name) + ": " + message);
    }

    private static Set<String> reachable(final Set<String> from, final Map<String, List<Fields>> ways, final String end) {
        final Set<String> reached = new HashSet<>(from);
        final Deque<String> next = new ArrayDeque<>(from);
        while (!next.isEmpty()) {
            for (final Fields projection : ways.get(next.pop())) {
                if (reached.add(projection.text(end))) {
                    next.push(projection.text(end));
                }
            }
        }
        return reached;
    }

    /** Removes layers into which no projection leads, one after the other. What is left has cycles. */
    private void refuseCycle() throws NetworkException {
        final Map<String, Integer> open = new HashMap<>();
        into.forEach((name, projections) -> open.put(name, projections.size()));
        final Deque<String> next = new ArrayDeque<>(inputs);
        while (!next.isEmpty()) {
            final String name = next.pop();
            open.remove(name);
            for (final Fields projection : outOf.get(name)) {
                if (open.merge(projection.text("to"), -1, Integer::sum) == 0) {
                    next.push(projection.text("to"));
                }
            }
        }
        if (!open.isEmpty()) {
            final List<Fields> cycle = cycle(open.keySet());
            final Fields closing = cycle.stream().max((a, b) -> Integer.compare(a.place(), b.place())).orElseThrow();
            final String balance = NetworkDescription.named(fields.value("balance", Balance.BALANCED, Balance.class));
            throw closing.refuse(closing.place(), "closes the cycle " + described(cycle, closing)
                + ": expected no cycle in a network that is " + balance + ", or \"balance\": \"recurrent\"");
        }
    }

    /** Goes backwards from a layer that is left until a layer comes again. Every layer that is left has a projection from another one. */
    private List<Fields> cycle(final Set<String> left) {
        final Map<String, Integer> seen = new HashMap<>();
        final List<Fields> way = new ArrayList<>();
        String at = layers.keySet().stream().filter(left::contains).findFirst().orElseThrow();
        while (!seen.containsKey(at)) {
            seen.put(at, way.size());
            final Fields back = into.get(at).stream().filter(projection -> left.contains(projection.text("from"))).findFirst().orElseThrow();
            way.add(back);
            at = back.text("from");
        }
        return way.subList(seen.get(at), way.size()).reversed();
    }

    /** The names along a cycle, from the end of the projection that closes the cycle. */
    private static String described(final List<Fields> cycle, final Fields closing) {
        final List<String> names = new ArrayList<>();
        final int from = cycle.indexOf(closing);
        for (int i = 0; i < Math.min(cycle.size(), MOST_SHOWN); i++) {
            names.add(PlacedJson.quoted(cycle.get((from + i) % cycle.size()).text("to")));
        }
        if (cycle.size() > MOST_SHOWN) {
            names.add("...");
        }
        names.add(names.getFirst());
        return String.join(" - ", names);
    }
}
