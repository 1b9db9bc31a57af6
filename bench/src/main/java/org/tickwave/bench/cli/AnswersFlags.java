package org.tickwave.bench.cli;

import java.util.List;
import java.util.Locale;
import org.tickwave.bench.answer.AnswerOptions;
import picocli.CommandLine.Option;

/** The options of {@code tickwave run} about answers. */
final class AnswersFlags {
    @Option(names = "--answers", paramLabel = "FILE", description = "write an answer to each frame to FILE, or - for standard output; the summary then goes to"
        + " standard error")
    private String answers;

    @Option(names = "--answer-from", paramLabel = "now|wave",
        description = "now: the answer of the present weights, when the frame comes; wave: the answer that the output holds as many ticks later"
            + " as there are layers (default: now)")
    private String answerFrom;

    @Option(names = "--answers-format", paramLabel = "csv|f32|u8|json",
        description = "how answers are written: csv; f32: little-endian float32 alone; u8: bytes alone, of a stream of bytes; json: an object"
            + " in each line (default: csv)")
    private String answersFormat;

    void check(final CheckpointOptions.Expect command) {
        command.expect(answers == null || !answers.isEmpty(), "--answers", "\"\"", "a file, or - for standard output");
        command.expect(answerFrom == null || answers != null, "--answer-from", answerFrom, "--answers too");
        command.expect(answersFormat == null || answers != null, "--answers-format", answersFormat, "--answers too");
        command.expect(answerFrom == null || List.of("now", "wave").contains(answerFrom), "--answer-from", answerFrom, "now or wave");
        command.expect(answersFormat == null || List.of("csv", "f32", "u8", "json").contains(answersFormat), "--answers-format", answersFormat,
            "csv, f32, u8 or json");
    }

    /** Null if no answers are written. */
    AnswerOptions options() {
        if (answers == null) {
            return null;
        }
        return new AnswerOptions(answers, answerFrom == null ? AnswerOptions.From.NOW : AnswerOptions.From.valueOf(upper(answerFrom)),
            answersFormat == null ? AnswerOptions.Format.CSV : AnswerOptions.Format.valueOf(upper(answersFormat)));
    }

    private static String upper(final String option) {
        return option.toUpperCase(Locale.ROOT);
    }
}
