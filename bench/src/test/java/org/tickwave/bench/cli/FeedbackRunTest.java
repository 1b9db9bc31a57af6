package org.tickwave.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tickwave.Feedback;
import org.tickwave.bench.net.NetworkDescription;

/** {@code run --feedback}: errors come down otherwise than by the transposed weights. */
class FeedbackRunTest {
    private static final String NETWORK = """
        {"inputs": [{"name": "shapes"}], "layers": [{"name": "hidden", "width": 20}, {"name": "more", "width": 10}],
         "outputs": [{"name": "next"}], "projections": [{"from": "shapes", "to": "hidden"}, {"from": "hidden", "to": "more"},
          {"from": "more", "to": "next", "feedback": "random"}, {"from": "hidden", "to": "next", "feedback": "sign_symmetric"}]}
        """;

    @TempDir
    Path folder;

    private final StringWriter err = new StringWriter();

    private int run(final StringWriter out, final String options) {
        return Tickwave.execute(new PrintWriter(out), new PrintWriter(err), ("run --quiet --pace none --frames 60 " + options).split(" "));
    }

    private JsonObject json(final String options) {
        final StringWriter out = new StringWriter();
        assertEquals(0, run(out, "--json " + options), err::toString);
        return JsonParser.parseString(out.toString()).getAsJsonObject();
    }

    @Test
    void everyKindLearnsSomethingElse() {
        final String transposed = json("--layers 20,10").get("weights_crc32c").getAsString();
        final Set<String> crcs = new HashSet<>();
        for (final Feedback kind : Feedback.values()) {
            final JsonObject json = json("--layers 20,10 --feedback " + NetworkDescription.named(kind));
            assertEquals(NetworkDescription.named(kind), json.get("feedback").getAsString());
            assertEquals(kind == Feedback.TRANSPOSE, transposed.equals(json.get("weights_crc32c").getAsString()));
            crcs.add(json.get("weights_crc32c").getAsString());
        }
        assertEquals(Feedback.values().length, crcs.size());
    }

    @Test
    void theKindReplacesThatOfTheDescription() throws IOException {
        final Path file = Files.writeString(folder.resolve("graph.json"), NETWORK);
        assertEquals("mixed", json("--network " + file).get("feedback").getAsString());
        for (final Feedback kind : Feedback.values()) {
            final String name = NetworkDescription.named(kind);
            assertEquals(name, json("--network " + file + " --feedback " + name).get("feedback").getAsString());
        }
    }

    @Test
    void theSummaryNamesOtherFeedback() {
        final StringWriter out = new StringWriter();
        assertEquals(0, run(out, "--layers 20 --feedback random"), err::toString);
        assertTrue(out.toString().contains(", rule aligned, feedback random, hold "), out::toString);
        final StringWriter plain = new StringWriter();
        assertEquals(0, run(plain, "--layers 20"), err::toString);
        assertFalse(plain.toString().contains("feedback"), plain::toString);
    }

    @Test
    void anotherNameIsRefused() {
        assertEquals(2, run(new StringWriter(), "--feedback transposed"));
        assertTrue(err.toString().contains("'transposed': expected one of transpose, random, sign_symmetric, direct"), err::toString);
    }
}
