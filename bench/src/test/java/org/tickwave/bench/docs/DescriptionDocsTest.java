package org.tickwave.bench.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.tickwave.Activation;
import org.tickwave.Balance;
import org.tickwave.Feedback;
import org.tickwave.Loss;
import org.tickwave.bench.net.NetworkDescription;
import org.tickwave.bench.net.NetworkException;
import org.tickwave.bench.net.NetworkFile;

/** What bench/README.md says about descriptions of networks: the example, the message and the constants of the grammar. */
class DescriptionDocsTest {
    private static final Markdown SECTION = Markdown.of("bench/README.md").section("Descriptions of networks");

    private static String block(final String begin) {
        return SECTION.fenced().stream().filter(block -> block.startsWith(begin)).findFirst().orElseThrow();
    }

    @Test
    void theExampleIsRead() throws IOException {
        final String example = block("{");
        final NetworkDescription description = NetworkFile.parse("network.json", example).withoutStream();
        assertEquals(List.of("camera", "gyro", "low", "high", "label", "turn"), description.names());
        assertEquals(416, description.inputs().getLast().first());
        JsonParser.parseString(example);
    }

    @Test
    void theMessageIsThatOfTheExampleWithoutAWidth() {
        final String broken = block("{").replace("\"width\": 64, ", "");
        final String message = assertThrows(NetworkException.class, () -> NetworkFile.parse("network.json", broken)).getMessage();
        assertTrue(SECTION.spans().contains(message), message);
    }

    private static String alternatives(final Enum<?>... constants) {
        return Arrays.stream(constants).map(constant -> "\"" + NetworkDescription.named(constant) + "\"").collect(Collectors.joining(" | "));
    }

    @Test
    void theGrammarNamesEveryConstant() {
        final List<String> grammar = block("description =").lines().toList();
        assertTrue(grammar.contains("ACTIVATION  = " + alternatives(Activation.values())), grammar::toString);
        assertTrue(grammar.contains("LOSS        = " + alternatives(Loss.values())), grammar::toString);
        assertTrue(grammar.contains("FEEDBACK    = " + alternatives(Feedback.TRANSPOSE, Feedback.RANDOM, Feedback.SIGN_SYMMETRIC)), grammar::toString);
        assertTrue(grammar.contains("description = { \"balance\"?: " + alternatives(Balance.values()) + ","), grammar::toString);
    }
}
