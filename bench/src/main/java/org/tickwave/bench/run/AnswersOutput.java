package org.tickwave.bench.run;

import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import org.tickwave.bench.answer.AnswerFile;
import org.tickwave.bench.setup.RunFailure;
import org.tickwave.bench.setup.RunOptions;

/** Where a run with {@code --answers} writes. */
final class AnswersOutput {
    private AnswersOutput() {
    }

    /** The answers may not overwrite what the run reads or saves. Does nothing if no answers are written. */
    static void check(final RunOptions options) throws RunFailure, IOException {
        if (options.answers() == null) {
            return;
        }
        final String stopped = options.save() == null ? null : ModelSaver.stopped(options.save());
        for (final String[] other : new String[][] {{options.input(), "the input"}, {options.save(), "the file of --save"},
            {stopped, "a file of --save"}, {options.load(), "the file of --load"}}) {
            if (AnswerFile.same(options.answers(), other[0])) {
                throw RunFailure.usage("--answers " + AnswerFile.name(options.answers()) + ": is " + other[1] + ": expected another file");
            }
        }
    }

    static WritableByteChannel open(final RunOptions options) throws RunFailure {
        try {
            return AnswerFile.open(options.answers());
        } catch (final IOException e) {
            throw RunFailure.failed(e.getMessage() != null ? e.getMessage() : e.toString());
        }
    }
}
