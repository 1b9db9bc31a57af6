package org.tickwave.bench.answer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnswerTextTest {
    private static final List<String> NAMES = List.of("x", "a,b", "say \"no\"", "two\nlines", " spaces ", "\u00e9");

    private static String string(final byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static AnswerText text(final AnswerOptions.Format format, final List<String> labels, final boolean doubles, final boolean recordings) {
        return new AnswerText(format, labels, NAMES, List.of(), doubles, recordings);
    }

    private static JsonObject json(final byte[] line) throws IOException {
        final String text = string(line);
        assertEquals(1, text.lines().count(), text);
        assertTrue(text.endsWith("\n"), text);
        // A lenient reader would take NaN and Infinity for numbers.
        try (JsonReader strict = new JsonReader(new StringReader(text))) {
            strict.setStrictness(Strictness.STRICT);
            final JsonElement element = JsonParser.parseReader(strict);
            return element.getAsJsonObject();
        }
    }

    private static Answer prediction() {
        final Answer answer = new Answer(NAMES.size());
        answer.frame = 12;
        final double[] numbers = {1, -.1, 1e20, Double.NaN, 0, 1 / 3.0};
        System.arraycopy(numbers, 0, answer.numbers, 0, numbers.length);
        answer.scoredFrame = 11;
        answer.squaredError = .25;
        answer.noChangeError = .5;
        return answer;
    }

    @Test
    void namesOfColumnsAreQuoted() {
        assertEquals("frame,x,\"a,b\",\"say \"\"no\"\"\",\"two\nlines\",\" spaces \",\u00e9,scored_frame,squared_error,no_change_error\n",
            string(text(AnswerOptions.Format.CSV, List.of(), true, false).header()));
        assertEquals("frame,label,probability,true_label\n", string(text(AnswerOptions.Format.CSV, NAMES, true, false).header()));
        assertEquals("recording,label,probability,true_label\n", string(text(AnswerOptions.Format.CSV, NAMES, false, true).header()));
        for (final AnswerOptions.Format format : List.of(AnswerOptions.Format.F32, AnswerOptions.Format.U8, AnswerOptions.Format.JSON)) {
            assertEquals(0, text(format, List.of(), true, false).header().length);
        }
    }

    @Test
    void aPredictionHasTheDigitsOfItsStream() {
        final Answer answer = prediction();
        assertEquals("12,1.0,-0.1,1.0E20,,0.0,0.3333333333333333,11,0.25,0.5\n",
            string(text(AnswerOptions.Format.CSV, List.of(), true, false).of(answer)));
        assertEquals("12,1.0,-0.1,1.0E20,,0.0,0.33333334,11,0.25,0.5\n",
            string(text(AnswerOptions.Format.CSV, List.of(), false, false).of(answer)));
        answer.scoredFrame = 0;
        assertTrue(string(text(AnswerOptions.Format.CSV, List.of(), false, false).of(answer)).endsWith(",0.33333334,,,\n"));
    }

    @Test
    void jsonSaysTheSameAndIsStrictForNumbersOfEverySize() throws IOException {
        final Answer answer = prediction();
        answer.numbers[2] = 1e300;
        answer.numbers[4] = Double.POSITIVE_INFINITY;
        answer.squaredError = 1e200;
        for (final boolean doubles : new boolean[] {true, false}) {
            final JsonObject json = json(text(AnswerOptions.Format.JSON, List.of(), doubles, false).of(answer));
            assertEquals(12, json.get("frame").getAsLong());
            final JsonObject numbers = json.getAsJsonObject("prediction");
            assertEquals(List.copyOf(NAMES), List.copyOf(numbers.keySet()));
            assertEquals(-.1, numbers.get("a,b").getAsDouble(), 1e-8);
            assertTrue(numbers.get("two\nlines").isJsonNull());
            assertTrue(numbers.get(" spaces ").isJsonNull());
            assertEquals(!doubles, numbers.get("say \"no\"").isJsonNull());
            assertEquals(11, json.get("scored_frame").getAsLong());
            assertEquals(1e200, json.get("squared_error").getAsDouble());
            assertEquals(.5, json.get("no_change_error").getAsDouble());
        }
        answer.scoredFrame = 0;
        final JsonObject json = json(text(AnswerOptions.Format.JSON, List.of(), true, false).of(answer));
        for (final String field : List.of("scored_frame", "squared_error", "no_change_error")) {
            assertTrue(json.get(field).isJsonNull(), field);
        }
    }

    @Test
    void aLabelIsQuotedAndHasItsProbability() throws IOException {
        final Answer answer = new Answer(NAMES.size());
        answer.frame = 3;
        answer.label = 1;
        answer.numbers[1] = .75;
        answer.trueLabel = 2;
        answer.recording = "dir/a,b.wav";
        assertEquals("3,\"a,b\",0.75,\"say \"\"no\"\"\"\n", string(text(AnswerOptions.Format.CSV, NAMES, true, false).of(answer)));
        assertEquals("\"dir/a,b.wav\",\"a,b\",0.75,\"say \"\"no\"\"\"\n",
            string(text(AnswerOptions.Format.CSV, NAMES, false, true).of(answer)));
        final JsonObject recording = json(text(AnswerOptions.Format.JSON, NAMES, false, true).of(answer));
        assertEquals("dir/a,b.wav", recording.get("recording").getAsString());
        answer.trueLabel = Answer.NONE;
        assertEquals("3,\"a,b\",0.75,\n", string(text(AnswerOptions.Format.CSV, NAMES, true, false).of(answer)));
        final JsonObject json = json(text(AnswerOptions.Format.JSON, NAMES, true, false).of(answer));
        assertEquals("a,b", json.get("label").getAsString());
        assertEquals(.75, json.get("probability").getAsDouble());
        assertTrue(json.get("true_label").isJsonNull());
    }

    @Test
    void bytesAreRoundedAndClamped() {
        final Answer answer = new Answer(6);
        System.arraycopy(new double[] {-3, .4, .5, 254.6, 256, 1e10}, 0, answer.numbers, 0, 6);
        assertArrayEquals(new byte[] {0, 0, 1, (byte) 255, (byte) 255, (byte) 255},
            text(AnswerOptions.Format.U8, List.of(), false, false).of(answer));
    }

    @Test
    void aRefusedAnswerHasBytesButNoText() {
        final Answer answer = prediction();
        answer.refused = true;
        assertEquals(0, text(AnswerOptions.Format.CSV, List.of(), true, false).of(answer).length);
        assertEquals(0, text(AnswerOptions.Format.JSON, List.of(), true, false).of(answer).length);
        assertEquals(NAMES.size(), text(AnswerOptions.Format.U8, List.of(), true, false).of(answer).length);
        assertEquals(NAMES.size() * Float.BYTES, text(AnswerOptions.Format.F32, List.of(), true, false).of(answer).length);
    }
}
