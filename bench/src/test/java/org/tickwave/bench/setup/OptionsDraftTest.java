package org.tickwave.bench.setup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.lang.reflect.Field;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tickwave.Activation;
import org.tickwave.Feedback;
import org.tickwave.Rule;
import org.tickwave.bench.answer.AnswerOptions;
import org.tickwave.bench.net.NetworkFile;
import org.tickwave.bench.report.Clock;
import org.tickwave.bench.session.Idle;
import org.tickwave.bench.stream.Format;
import org.tickwave.bench.table.TableOptions;

/** A draft hands every option on, and takes every option over; an option that is new is looked at without a word here, but for its type. */
class OptionsDraftTest {
    private static final String NETWORK = """
        {"inputs": [{"name": "in", "width": 2}], "outputs": [{"name": "out", "width": 2}],
         "projections": [{"from": "in", "to": "out"}]}
        """;

    static List<RecordComponent> options() {
        return Arrays.asList(RunOptions.class.getRecordComponents());
    }

    /** A value that is not the default. */
    private static Object other(final Class<?> type) throws Exception {
        if (type == boolean.class) {
            return true;
        }
        if (type == int.class || type == Integer.class) {
            return 7;
        }
        if (type == long.class || type == Long.class) {
            return 7L;
        }
        final List<Object> known = List.of("file", 2.5f, 2.5, List.of(3), Format.parse("f32:3@5"), TableOptions.DEFAULT, Rule.window(3),
            Activation.RELU, Clock.SPREAD, Idle.SPIN, Feedback.RANDOM, new KeepOptions("file", 1, 0, true), NetworkFile.parse("made", NETWORK),
            new AnswerOptions("file", AnswerOptions.From.NOW, AnswerOptions.Format.CSV));
        return known.stream().filter(type::isInstance).findFirst()
            .orElseThrow(() -> new AssertionError(type + ": expected a value of this type in this test"));
    }

    @ParameterizedTest
    @MethodSource("options")
    void anOptionIsHandedOnAlone(final RecordComponent option) throws Exception {
        final OptionsDraft draft = new OptionsDraft();
        final Field field = OptionsDraft.class.getField(option.getName());
        final Object value = option.getName().equals("learn") ? Boolean.FALSE : other(option.getType());
        field.set(draft, value);
        final RunOptions made = draft.make();
        final RunOptions none = new OptionsDraft().make();
        for (final RecordComponent each : options()) {
            final Object expected = each.getName().equals(option.getName()) ? value : each.getAccessor().invoke(none);
            assertEquals(expected, each.getAccessor().invoke(made), each.getName());
        }
        assertNotEquals(none, made);
        assertEquals(made, new OptionsDraft(made).make());
    }
}
