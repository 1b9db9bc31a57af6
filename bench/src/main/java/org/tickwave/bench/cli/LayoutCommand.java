package org.tickwave.bench.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.tickwave.Balance;
import org.tickwave.Rule;
import org.tickwave.bench.layout.LayoutJson;
import org.tickwave.bench.layout.LayoutSvg;
import org.tickwave.bench.layout.LayoutTable;
import org.tickwave.bench.layout.Plan;
import org.tickwave.bench.net.NetworkDescription;
import org.tickwave.bench.net.NetworkFile;
import org.tickwave.bench.stream.FileNames;
import org.tickwave.bench.stream.Printable;
import org.tickwave.kernel.Lanes;
import org.tickwave.safetensors.file.AtomicFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Prints the layout of a network and of its image, without allocating an image. */
@Command(
    name = "layout", mixinStandardHelpOptions = true, versionProvider = Version.class, sortOptions = false,
    description = {"Prints the delays of a network and every region of its image, and draws the network.",
        "native-layout-docs/ describes the contents of the regions, bench/README.md the grammar of a description."},
    footerHeading = "%nExamples:%n", footer = {"  ./tickwave layout 416-128-128-208", "  ./tickwave layout network.json --svg network.svg"})
public final class LayoutCommand implements Callable<Integer> {
    private static final String STANDARD_OUTPUT = "-";
    private static final Pattern WIDTHS = Pattern.compile("[0-9-]+");
    private static final int DIGITS = 10;

    @Spec
    private CommandSpec spec;

    @Parameters(
        paramLabel = "NETWORK",
        description = "A file with a description in JSON, or the widths of a chain from input to output, such as 416-128-128-208.")
    private String network;

    @Option(
        names = "--rule", paramLabel = "RULE", converter = RuleOption.class,
        description = "Learning rule: diffusion, window:R or aligned (aligned; diffusion for a network that is not balanced).")
    private Rule rule;

    @Option(
        names = "--history", paramLabel = "SLOTS", defaultValue = "0",
        description = "Additional slots in every ring, beyond those that the rule needs (${DEFAULT-VALUE}).")
    private int history;

    @Option(
        names = "--lanes", paramLabel = "BITS", converter = BitsConverter.class,
        description = "Lane width of the image: 128, 256 or 512 bits (the width of this machine).")
    private int bits = Lanes.LANES * Float.SIZE;

    @Option(
        names = "--svg", paramLabel = "FILE",
        description = "Draw the network to FILE, or to standard output for -; the table then goes to standard error.")
    private String svg;

    @Option(names = "--json", description = "Print one JSON object instead of a table.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        final Path file = svgFile();
        final Plan plan = WIDTHS.matcher(network).matches() ? ofWidths() : ofFile();
        final boolean drawsToStandardOutput = svg != null && file == null;
        final String drawing = svg == null ? null : drawing(plan);
        final PrintWriter out = spec.commandLine().getOut();
        if (file != null) {
            AtomicFile.write(file, to -> to.write(drawing.getBytes(StandardCharsets.UTF_8)));
        } else if (drawsToStandardOutput) {
            out.print(drawing);
            out.flush();
        }
        final PrintWriter text = drawsToStandardOutput ? spec.commandLine().getErr() : out;
        text.print(json ? LayoutJson.of(plan) + System.lineSeparator() : LayoutTable.of(plan));
        text.flush();
        return ExitCode.OK;
    }

    /** The file of the drawing, checked to be writable; null without a drawing in a file. */
    private Path svgFile() throws IOException {
        if (svg == null || svg.equals(STANDARD_OUTPUT)) {
            return null;
        }
        final String name = "--svg " + Printable.text(svg);
        final Path file = FileNames.path(name, svg);
        if (!WIDTHS.matcher(network).matches()) {
            final Path description = FileNames.path(Printable.text(network), network);
            if (Files.exists(file) && Files.exists(description) && Files.isSameFile(file, description)) {
                throw new ParameterException(spec.commandLine(), name + ": the description itself: expected another file");
            }
        }
        AtomicFile.check(file);
        return file;
    }

    private String drawing(final Plan plan) {
        try {
            return LayoutSvg.of(plan);
        } catch (final IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--svg: " + e.getMessage(), e);
        }
    }

    private Plan ofWidths() {
        final NetworkDescription chain = NetworkDescription.chain(widths(network));
        try {
            return new Plan(network, chain, rule == null ? Plan.defaultRule(chain) : rule, bits / Float.SIZE, history);
        } catch (final IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private Plan ofFile() throws IOException {
        if (history < 0 || history > 1 << 20) {
            throw new ParameterException(spec.commandLine(), "history " + history + ": expected 0 to 1048576 slots");
        }
        final NetworkFile file = NetworkFile.read(network, "expected a description of a network in JSON, or widths such as 416-128-128-208");
        final NetworkDescription description = file.withoutStream();
        if (rule != null && description.balance() != Balance.BALANCED && !rule.equals(Rule.diffusion())) {
            throw file.refuseBalance("a network that is " + NetworkDescription.named(description.balance()) + ", with --rule " + rule
                + ": expected --rule diffusion");
        }
        try {
            return new Plan(
                Printable.text(network), description, rule == null ? Plan.defaultRule(description) : rule, bits / Float.SIZE, history);
        } catch (final IllegalArgumentException e) {
            throw file.refuse(e.getMessage());
        }
    }

    private int[] widths(final String text) {
        final String[] parts = text.split("-", -1);
        if (parts.length < 2) {
            throw refuse(text, "expected the widths of at least two layers from input to output, such as 416-128-128-208");
        }
        final int[] widths = new int[parts.length];
        for (int l = 0; l < parts.length; l++) {
            if (parts[l].isEmpty()) {
                throw refuse(text, "expected the widths of at least two layers from input to output, such as 416-128-128-208");
            }
            final long width = parts[l].length() > DIGITS ? Long.MAX_VALUE : Long.parseLong(parts[l]);
            if (width < 1 || width > Integer.MAX_VALUE) {
                throw refuse(text, "width " + parts[l] + " of layer " + l + ", expected 1 to " + Integer.MAX_VALUE);
            }
            widths[l] = (int) width;
        }
        return widths;
    }

    private ParameterException refuse(final String text, final String message) {
        return new ParameterException(spec.commandLine(), "'" + text + "': " + message);
    }

    /** Parses a lane width. */
    static final class BitsConverter implements ITypeConverter<Integer> {
        @Override
        public Integer convert(final String text) {
            return switch (text) {
                case "128", "256", "512" -> Integer.valueOf(text);
                default -> throw new TypeConversionException("'" + text + "': expected 128, 256 or 512");
            };
        }
    }
}
