package org.tickwave.bench.answer;

import com.google.gson.JsonObject;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Formats answers. For the writer's thread. */
final class AnswerText {
    private static final int LARGEST_BYTE = 255;

    private final AnswerOptions.Format format;
    private final List<String> labels;
    private final List<String> names;
    private final List<String> outputs;
    private final boolean doubles;
    private final boolean recordings;

    /**
     * @param labels     labels by index; empty if the answers are predictions
     * @param names      names of the predicted numbers
     * @param outputs    names of several outputs; empty if there is one
     * @param doubles    whether text has more digits than a float
     * @param recordings whether recordings are answered, and not frames
     */
    AnswerText(
        final AnswerOptions.Format format, final List<String> labels, final List<String> names,
        final List<String> outputs, final boolean doubles,
        final boolean recordings) {
        this.format = format;
        this.labels = labels;
        this.names = names;
        this.outputs = outputs;
        this.doubles = doubles;
        this.recordings = recordings;
    }

    /** What stands before the first answer. */
    byte[] header() {
        if (format != AnswerOptions.Format.CSV) {
            return new byte[0];
        }
        final StringBuilder line = new StringBuilder(recordings ? "recording" : "frame");
        if (labels.isEmpty()) {
            for (final String name : names) {
                line.append(',').append(quoted(name));
            }
            line.append(",scored_frame,squared_error,no_change_error");
        } else if (outputs.isEmpty()) {
            line.append(",label,probability,true_label");
        } else {
            outputs.forEach(output -> line.append(',').append(output).append(".label,").append(output).append(".probability"));
            line.append(",true_label");
        }
        return line.append('\n').toString().getBytes(StandardCharsets.UTF_8);
    }

    byte[] of(final Answer answer) {
        return switch (format) {
            case F32 -> floats(answer.numbers);
            case U8 -> bytes(answer.numbers);
            case CSV -> answer.refused ? new byte[0] : csv(answer).getBytes(StandardCharsets.UTF_8);
            case JSON -> answer.refused ? new byte[0] : json(answer).getBytes(StandardCharsets.UTF_8);
        };
    }

    private static byte[] floats(final double[] numbers) {
        final ByteBuffer bytes = ByteBuffer.allocate(numbers.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (final double number : numbers) {
            bytes.putFloat((float) number);
        }
        return bytes.array();
    }

    private static byte[] bytes(final double[] numbers) {
        final byte[] bytes = new byte[numbers.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Math.clamp(Math.round(numbers[i]), 0, LARGEST_BYTE);
        }
        return bytes;
    }

    private String csv(final Answer answer) {
        final StringBuilder line = new StringBuilder();
        if (labels.isEmpty()) {
            line.append(answer.frame);
            for (final double number : answer.numbers) {
                line.append(',').append(text(number));
            }
            line.append(',');
            if (answer.scoredFrame > 0) {
                line.append(answer.scoredFrame).append(',').append(error(answer.squaredError)).append(',')
                    .append(error(answer.noChangeError));
            } else {
                line.append(",,");
            }
        } else {
            line.append(recordings ? quoted(answer.recording) : Long.toString(answer.frame)).append(',');
            for (int o = 0; o < Math.max(1, outputs.size()); o++) {
                final int label = label(answer, o);
                line.append(quoted(labels.get(label))).append(',').append((float) answer.numbers[o * labels.size() + label]).append(',');
            }
            line.append(answer.trueLabel == Answer.NONE ? "" : quoted(labels.get(answer.trueLabel)));
        }
        return line.append('\n').toString();
    }

    private String json(final Answer answer) {
        final JsonObject json = new JsonObject();
        if (recordings) {
            json.addProperty("recording", answer.recording);
        } else {
            json.addProperty("frame", answer.frame);
        }
        if (labels.isEmpty()) {
            final JsonObject prediction = new JsonObject();
            for (int i = 0; i < answer.numbers.length; i++) {
                prediction.addProperty(names.get(i), number(answer.numbers[i]));
            }
            json.add("prediction", prediction);
            final boolean scored = answer.scoredFrame > 0;
            json.addProperty("scored_frame", scored ? answer.scoredFrame : null);
            json.addProperty("squared_error", scored ? error(answer.squaredError) : null);
            json.addProperty("no_change_error", scored ? error(answer.noChangeError) : null);
        } else {
            if (outputs.isEmpty()) {
                label(json, answer, 0);
            }
            for (int o = 0; o < outputs.size(); o++) {
                final JsonObject output = new JsonObject();
                label(output, answer, o);
                json.add(outputs.get(o), output);
            }
            json.addProperty("true_label", answer.trueLabel == Answer.NONE ? null : labels.get(answer.trueLabel));
        }
        return json + "\n";
    }

    private void label(final JsonObject json, final Answer answer, final int output) {
        final int label = label(answer, output);
        json.addProperty("label", labels.get(label));
        json.addProperty("probability", (float) answer.numbers[output * labels.size() + label]);
    }

    private int label(final Answer answer, final int output) {
        return output == 0 ? answer.label : LabelOutputs.largest(answer.numbers, output * labels.size(), labels.size());
    }

    /** A number of a prediction; null if it is missing or too large. */
    private Number number(final double number) {
        if (doubles) {
            return Double.isFinite(number) ? (Number) number : null;
        }
        return Float.isFinite((float) number) ? (Number) (float) number : null;
    }

    /** A squared error with the digits of a float; with those of a double if it is too large for a float. */
    private static Number error(final double error) {
        return Float.isFinite((float) error) ? (Number) (float) error : (Number) error;
    }

    private String text(final double number) {
        final Number text = number(number);
        return text == null ? "" : text.toString();
    }

    /** A cell by RFC 4180. */
    private static String quoted(final String cell) {
        final boolean plain = cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
            && cell.equals(cell.strip());
        return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    }
}
