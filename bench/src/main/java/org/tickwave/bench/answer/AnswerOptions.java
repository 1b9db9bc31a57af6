package org.tickwave.bench.answer;

/**
 * Where and how answers are written.
 *
 * @param file   path; {@code -} for standard output
 * @param from   which answer is written
 * @param format how it is written
 */
public record AnswerOptions(String file, From from, Format format) {
    /** The file that stands for standard output. */
    public static final String STANDARD_OUTPUT = "-";

    /** Which answer to a frame is written. */
    public enum From {
        /** The answer of the present weights, when the frame comes. */
        NOW,
        /** The answer that the activations' wave brings to the output, L ticks later. */
        WAVE
    }

    /** How answers are written. */
    public enum Format {
        /** A header, and one row of text for each answer. */
        CSV,
        /** Little-endian float32 numbers alone. */
        F32,
        /** One byte for each number, rounded and clamped, as a stream of bytes has them. */
        U8,
        /** One JSON object in each line. */
        JSON
    }

    public boolean toStandardOutput() {
        return file.equals(STANDARD_OUTPUT);
    }
}
