package org.tickwave.bench.compare;

import com.google.gson.Gson;
import com.google.gson.JsonPrimitive;
import com.google.gson.JsonSerializer;
import com.google.gson.annotations.SerializedName;
import java.nio.file.Path;
import java.util.List;
import org.tickwave.bench.forks.End;
import org.tickwave.bench.forks.Machine;
import org.tickwave.bench.json.Json;

/**
 * The result of a comparison.
 *
 * @param version        version of this program
 * @param machine        where the forks ran
 * @param busyProcessors processors that other programs kept busy before the first fork; null if the forks never began
 * @param base           the base
 * @param other          the new side
 * @param arguments      JMH's arguments, as the user gave them
 * @param forks          forks of each side that were asked for
 * @param end            {@code done}, {@code interrupted} or {@code failed}
 * @param rows           what was compared
 * @param assumed        parameters that only one side has, with the values that were compared
 * @param notCompared    what was not compared
 */
record Comparison(
    String version, Machine machine, Double busyProcessors, Side base, @SerializedName("new") Side other, List<String> arguments,
    int forks, End end, List<Row> rows, List<Matching.Assumed> assumed, List<NotCompared> notCompared) {

    private static final Gson GSON = Json.RECORD.newBuilder()
        .registerTypeHierarchyAdapter(Path.class, (JsonSerializer<Path>) (path, type, context) -> new JsonPrimitive(path.toString())).create();

    String json() {
        return GSON.toJson(this);
    }
}
