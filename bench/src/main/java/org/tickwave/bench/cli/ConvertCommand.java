package org.tickwave.bench.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.tickwave.bench.convert.Conversion;
import org.tickwave.bench.convert.Conversion.Kind;
import org.tickwave.bench.convert.Source;
import org.tickwave.bench.run.ShutdownHook;
import org.tickwave.bench.stdio.ResultWriter;
import org.tickwave.bench.stream.FileNames;
import org.tickwave.bench.stream.Format;
import org.tickwave.bench.stream.Printable;
import org.tickwave.bench.stream.StreamException;
import org.tickwave.safetensors.file.AtomicFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tickwave convert}: parses and checks the options, converts, and tells what was found on the way. */
@Command(name = "convert", mixinStandardHelpOptions = true, versionProvider = Version.class, sortOptions = false,
    description = {"Converts a WFDB record (PhysioNet, MIT-BIH) to raw float32 in physical units or to CSV, and raw numbers to CSV.",
        "A file is written whole or not at all."},
    exitCodeListHeading = "%nExit codes:%n", exitCodeList = {"0:done",
        "1:the input is missing or broken, the result could not be written, or a checksum does not match",
        "2:the command line is wrong", "130:interrupted by Ctrl-C"},
    footerHeading = "%nExamples:%n", footer = {
        "  ./tickwave convert 100.hea 100.raw", "  ./tickwave convert --seconds 600 100.hea 100.raw", "  ./tickwave convert 100.hea 100.csv",
        "  ./tickwave convert --format f32:2@360 --names MLII,V5 100.raw 100.csv", "  ./tickwave convert --to csv 100.hea - | head"})
final class ConvertCommand implements Callable<Integer> {
    private static final String STANDARD = "-";

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "INPUT",
        description = "the header of a record (.hea), whose signal files are in format 212 or 16; with --format, a file or a FIFO of raw"
            + " numbers, or - for standard input")
    private String input;

    @Parameters(index = "1", paramLabel = "OUTPUT",
        description = "a file: float32 if its name ends in .raw or .f32, CSV if its name ends in .csv; or - for standard output")
    private String output;

    @Option(names = "--to", paramLabel = "f32|csv", converter = KindOption.class,
        description = "what to write: little-endian float32, or CSV with a header (default: the end of OUTPUT's name tells)")
    private Kind to;

    @Option(names = "--format", paramLabel = "(f32|u8):WIDTH@FPS", converter = FormatOption.class,
        description = "INPUT is raw: little-endian float32, or bytes v that become v/255 - .5; WIDTH numbers a frame; @FPS may be left out")
    private Format format;

    @Option(names = "--names", paramLabel = "NAME", split = ",",
        description = "names of the columns of CSV (default: the record's names of its signals; signal 0, signal 1, ... of raw numbers)")
    private List<String> names;

    @Option(names = "--frames", paramLabel = "N", description = "stop after N frames (default: the end of INPUT)")
    private Long frames;

    @Option(names = "--seconds", paramLabel = "S", description = "stop after the frames of the first S seconds of INPUT")
    private Double seconds;

    @Option(names = "--quiet", description = "do not say on standard error what was written")
    private boolean quiet;

    @Override
    public Integer call() throws IOException {
        final Kind kind = kind();
        check(kind);
        final Path file = output.equals(STANDARD) ? null : FileNames.path(Printable.text(output), output);
        if (file != null) {
            AtomicFile.check(file);
        }
        try (Source source = Source.open(input, format)) {
            if (file != null) {
                source.expectOther(file);
            }
            expect(names == null || names.size() == source.names().size(), "--names", names == null ? "" : String.join(",", names),
                source.names().size() + " names, one for each number of a frame");
            final List<String> columns = names == null ? source.names() : names;
            final Conversion conversion = new Conversion(source.stream(), columns, kind, most(source.stream().framesPerSecond()));
            try (ShutdownHook _ = new ShutdownHook(conversion::stop)) {
                return write(conversion, file) ? tell(source, conversion, kind) : ExitCode.SOFTWARE;
            }
        }
    }

    private Kind kind() {
        if (to != null) {
            return to;
        }
        final String name = output.toLowerCase(Locale.ROOT);
        if (name.endsWith(".csv")) {
            return Kind.CSV;
        }
        expect(name.endsWith(".raw") || name.endsWith(".f32"), "OUTPUT", Printable.text(output),
            "a name that ends in .raw, .f32 or .csv, or --to f32 or --to csv");
        return Kind.F32;
    }

    private void check(final Kind kind) {
        expect(!input.isEmpty(), "INPUT", "\"\"", "a file");
        expect(!output.isEmpty(), "OUTPUT", "\"\"", "a file");
        expect(format != null || input.toLowerCase(Locale.ROOT).endsWith(".hea"), "INPUT", Printable.text(input),
            "the header of a record, a name that ends in .hea, or --format for raw numbers");
        expect(frames == null || frames >= 1, "--frames", frames, "at least 1");
        expect(seconds == null || seconds > 0 && seconds < Double.POSITIVE_INFINITY, "--seconds", seconds, "above 0");
        expect(frames == null || seconds == null, "--frames with --seconds", seconds, "only one of them");
        expect(seconds == null || format == null || !Double.isNaN(format.framesPerSecond()), "--seconds with --format", format,
            "@FPS after the width");
        if (names != null) {
            final String all = String.join(",", names);
            expect(kind == Kind.CSV, "--names", all, "CSV as output, since float32 has no names");
            expect(names.stream().noneMatch(String::isBlank) && new HashSet<>(names).size() == names.size(), "--names", all,
                "names that are not empty and all different");
        }
    }

    private void expect(final boolean holds, final String option, final Object value, final String expected) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), option + " " + value + ": expected " + expected);
        }
    }

    /** The most frames to convert. */
    private long most(final double framesPerSecond) {
        return frames != null ? frames : seconds == null ? Long.MAX_VALUE : Math.max(1, Math.round(seconds * framesPerSecond));
    }

    /** @return false if nothing is left to tell: the conversion was interrupted, or the main program tells that standard output failed */
    private boolean write(final Conversion conversion, final Path file) throws IOException {
        if (file == null) {
            return writeToStandardOutput(conversion);
        }
        try {
            AtomicFile.write(file, stream -> {
                conversion.writeTo(stream);
                if (conversion.stopped()) {
                    throw new UncheckedIOException(new StreamException("interrupted"));
                }
            });
            return true;
        } catch (final UncheckedIOException e) {
            if (!conversion.stopped()) {
                throw e;
            }
            // Told here, while the shutdown hook still delays the end of the JVM.
            say(Printable.text(output) + ": interrupted: not written");
            return false;
        }
    }

    private boolean writeToStandardOutput(final Conversion conversion) {
        final ResultWriter result = (ResultWriter) spec.commandLine().getOut();
        final PrintStream bytes = result.asPrintStream();
        try {
            conversion.writeTo(new OutputStream() {
                @Override
                public void write(final int b) throws IOException {
                    write(new byte[] {(byte) b}, 0, 1);
                }

                @Override
                public void write(final byte[] from, final int offset, final int count) throws IOException {
                    bytes.write(from, offset, count);
                    if (bytes.checkError()) {
                        throw new IOException(result.failure());
                    }
                }
            });
            return true;
        } catch (final IOException e) {
            return false;
        }
    }

    /** Prints what was written and what was found. The exit code is 1 if a checksum does not match. */
    private int tell(final Source source, final Conversion conversion, final Kind kind) {
        if (!quiet) {
            say((output.equals(STANDARD) ? "standard output" : Printable.text(output)) + ": "
                + source.described(conversion.frames()));
        }
        if (conversion.missing() > 0) {
            say(source.stream().name() + ": " + conversion.missing() + " numbers are missing, the first of "
                + Printable.text(conversion.firstMissing()) + ": "
                + (kind == Kind.CSV ? "their cells are empty" : "each became the last number of its signal before, or 0"));
        }
        source.initialValues().forEach(this::say);
        source.checksums().forEach(this::say);
        return source.checksums().isEmpty() ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private void say(final String line) {
        spec.commandLine().getErr().println("tickwave convert: " + line);
        spec.commandLine().getErr().flush();
    }
}
