package org.tickwave.bench.net;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The members of an object that was read, with the place of each value. */
final class Fields {
    private final PlacedJson json;
    private final String what;
    private final int place;
    private final Map<String, Integer> places = new HashMap<>();
    private final Map<String, Object> values = new HashMap<>();

    private Fields(final PlacedJson json, final String what) {
        this.json = json;
        this.what = what;
        place = json.place();
    }

    /** Reads the value of a key. */
    interface Value {
        /** @param what name of the value in messages */
        Object read(String what) throws NetworkException;
    }

    /**
     * Reads an object.
     *
     * @param what name of the object in messages
     * @param keys the known keys, in the order in which a message names them, and how to read their values
     */
    static Fields read(final PlacedJson json, final String what, final Map<String, Value> keys) throws NetworkException {
        final Fields fields = new Fields(json, what);
        json.object(what, (key, at) -> {
            final Value value = keys.get(key);
            if (value == null) {
                throw json.refuse(at, what + ": unknown key " + PlacedJson.quoted(key) + ": expected one of " + String.join(", ", keys.keySet()));
            }
            fields.places.put(key, json.place());
            fields.values.put(key, value.read(what + ": " + key));
        });
        return fields;
    }

    boolean has(final String key) {
        return values.containsKey(key);
    }

    /** The place of a value; of the object if the key is missing. */
    int place(final String key) {
        return places.getOrDefault(key, place);
    }

    int place() {
        return place;
    }

    void require(final String... keys) throws NetworkException {
        for (final String key : keys) {
            if (!has(key)) {
                throw refuse(place, "no key " + PlacedJson.quoted(key) + ": expected " + String.join(", ", keys));
            }
        }
    }

    String text(final String key) {
        return (String) values.get(key);
    }

    int whole(final String key, final int otherwise) {
        return (Integer) values.getOrDefault(key, otherwise);
    }

    <T> T value(final String key, final T otherwise, final Class<T> type) {
        return type.cast(values.getOrDefault(key, otherwise));
    }

    @SuppressWarnings("unchecked")
    List<Fields> list(final String key) {
        return (List<Fields>) values.getOrDefault(key, List.of());
    }

    NetworkException refuse(final int at, final String message) {
        return json.refuse(at, what + ": " + message);
    }
}
