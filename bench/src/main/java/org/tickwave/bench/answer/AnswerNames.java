package org.tickwave.bench.answer;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.tickwave.bench.net.NetworkDescription;
import org.tickwave.bench.net.NetworkDescription.Output;
import org.tickwave.bench.report.RunDescription;

/** The names in written answers. */
final class AnswerNames {
    private AnswerNames() {
    }

    /** The names of several outputs; empty if there is one. */
    static List<String> outputs(final RunDescription description) {
        final NetworkDescription graph = description.graph();
        return graph == null || graph.outputs().size() == 1 ? List.of() : graph.outputs().stream().map(Output::name).toList();
    }

    /** The name of each predicted number. With several outputs the name of the output stands before it. */
    static List<String> numbers(final RunDescription description) {
        final List<String> all = description.columns().isEmpty()
            ? IntStream.rangeClosed(1, description.width()).mapToObj(Integer::toString).toList() : description.columns();
        if (description.graph() == null || !description.labels().isEmpty()) {
            return all;
        }
        final List<String> names = new ArrayList<>();
        for (final Output output : description.graph().outputs()) {
            final String before = outputs(description).isEmpty() ? "" : output.name() + ".";
            all.subList(output.first(), output.first() + output.width()).forEach(name -> names.add(before + name));
        }
        return names;
    }
}
