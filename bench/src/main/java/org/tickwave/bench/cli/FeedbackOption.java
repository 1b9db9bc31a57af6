package org.tickwave.bench.cli;

import java.util.Arrays;
import org.tickwave.Feedback;
import org.tickwave.bench.net.NetworkDescription;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Parses the name of a kind of feedback, as descriptions of networks have it. */
final class FeedbackOption implements ITypeConverter<Feedback> {
    @Override
    public Feedback convert(final String value) {
        return Arrays.stream(Feedback.values()).filter(feedback -> NetworkDescription.named(feedback).equals(value)).findFirst()
            .orElseThrow(() -> new TypeConversionException("'" + value + "': expected one of "
                + String.join(", ", Arrays.stream(Feedback.values()).map(NetworkDescription::named).toList())));
    }
}
