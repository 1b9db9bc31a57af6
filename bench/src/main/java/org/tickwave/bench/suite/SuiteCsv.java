package org.tickwave.bench.suite;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.tickwave.bench.forks.Spread;

/** The figures as a table, {@code suite.csv}: a row each. Times are in ns for an operation. An empty cell is not known. */
final class SuiteCsv {
    private static final List<String> HEAD = List.of("group", "role", "series", "benchmark", "parameters", "mode", "axis", "x", "forks", "best_ns",
        "median_ns", "low_ns", "high_ns", "confidence", "disagreement", "marked", "bytes", "madds", "bytes_per_ns", "madds_per_ns", "allocated_bytes",
        "p50_ns", "p99_ns", "p9999_ns", "max_ns");

    private SuiteCsv() {
    }

    static String of(final SuiteResult result) throws IOException {
        final StringWriter text = new StringWriter();
        try (CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text)) {
            csv.writeRecord(HEAD);
            result.figures().forEach(figure -> csv.writeRecord(row(figure)));
        }
        return text.toString();
    }

    private static List<String> row(final SuiteResult.FigureJson figure) {
        final Spread spread = figure.spread();
        final Tail.Percentiles tail = figure.tail();
        final String params = figure.params().stream().map(Object::toString).collect(Collectors.joining(" "));
        return cells(figure.group(), figure.role(), figure.series(), figure.benchmark(), params, figure.mode(), figure.axis(), figure.x(),
            spread.forks().size(), spread.best(), spread.median(), spread.low(), spread.high(), spread.confidence(), figure.spread().disagreement(),
            figure.spread().marked(), figure.bytes(), figure.madds(), figure.bytesPerNs(), figure.maddsPerNs(), figure.allocatedBytes(),
            tail == null ? "" : tail.p50(), tail == null ? "" : tail.p99(), tail == null ? "" : tail.p9999(), tail == null ? "" : tail.max());
    }

    private static List<String> cells(final Object... values) {
        return Arrays.stream(values).map(value -> Objects.toString(value, "")).toList();
    }
}
