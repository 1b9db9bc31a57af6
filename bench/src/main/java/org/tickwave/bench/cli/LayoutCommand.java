package org.tickwave.bench.cli;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Locale;
import org.tickwave.Rule;
import org.tickwave.bench.report.Units;
import org.tickwave.kernel.Lanes;
import org.tickwave.layout.Geometry;
import org.tickwave.layout.ImageLayout;
import org.tickwave.layout.Region;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Prints the layout of a network's image, without allocating an image. */
@Command(
    name = "layout", mixinStandardHelpOptions = true, versionProvider = Version.class, sortOptions = false,
    description = "Prints every region of a network's image. native-layout-docs/ describes the contents of the regions.")
public final class LayoutCommand implements Runnable {
    private static final String ROW = "%-10s  %5s  %15s  %15s  %9s  %15s  %11s%n";

    @Spec
    private CommandSpec spec;

    @Parameters(
        paramLabel = "NETWORK", converter = WidthsConverter.class,
        description = "Widths of the layers from input to output, such as 416-128-128-208.")
    private Widths network;

    @Option(
        names = "--rule", paramLabel = "RULE", converter = RuleOption.class, defaultValue = "aligned",
        description = "Learning rule: diffusion, window:R or aligned (${DEFAULT-VALUE}).")
    private Rule rule;

    @Option(
        names = "--history", paramLabel = "SLOTS", defaultValue = "0",
        description = "Additional slots in every ring, beyond those that the rule needs (${DEFAULT-VALUE}).")
    private int history;

    @Option(
        names = "--lanes", paramLabel = "BITS", converter = BitsConverter.class,
        description = "Lane width of the image: 128, 256 or 512 bits (the width of this machine).")
    private int bits = Lanes.LANES * Float.SIZE;

    @Option(names = "--json", description = "Print one JSON object instead of a table.")
    private boolean json;

    @Override
    public void run() {
        final ImageLayout layout;
        try {
            layout = new ImageLayout(
                new Geometry(bits / Float.SIZE, network.ofLayers, RuleOption.chain(network.layers(), rule), history));
        } catch (final IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
        final PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(new GsonBuilder().setPrettyPrinting().create().toJson(json(layout)));
        } else {
            table(layout, out);
        }
        out.flush();
    }

    private void table(final ImageLayout layout, final PrintWriter out) {
        out.printf(
            Locale.ROOT, "%s, %s, history %d, %d-bit lanes: panels of %d columns%n%n",
            layout.geometry(), rule, history, bits, layout.weights(1).panelColumns());
        out.printf(ROW, "kind", "layer", "offset", "stride", "depth", "bytes", "size");
        for (final Region region : layout.regions()) {
            final boolean withoutLayer = region.owner() == 0 && region.kind() != Region.Kind.ACTIVATION;
            out.printf(
                ROW, region.kind(), withoutLayer ? "-" : region.owner(), Units.count(region.offset()), Units.count(region.strideBytes()),
                Units.count(region.slots()), Units.count(region.bytes()), Units.bytes(region.bytes()));
        }
        out.printf("%nimage: %s bytes, %s%n", Units.count(layout.imageBytes()), Units.bytes(layout.imageBytes()));
    }

    private JsonObject json(final ImageLayout layout) {
        final JsonArray regions = new JsonArray();
        for (final Region region : layout.regions()) {
            final JsonObject entry = new JsonObject();
            entry.addProperty("kind", region.kind().name());
            entry.addProperty("layer", region.owner());
            entry.addProperty("offset", region.offset());
            entry.addProperty("stride", region.strideBytes());
            entry.addProperty("depth", region.slots());
            entry.addProperty("bytes", region.bytes());
            entry.addProperty("width", region.width());
            regions.add(entry);
        }
        final JsonObject object = new JsonObject();
        object.addProperty("network", layout.geometry().toString());
        object.addProperty("rule", rule.toString());
        object.addProperty("history", history);
        object.addProperty("lane_bits", bits);
        object.addProperty("panel_columns", layout.weights(1).panelColumns());
        object.addProperty("image_bytes", layout.imageBytes());
        object.add("regions", regions);
        return object;
    }

    /** A record, since picocli would parse an array element by element. */
    private record Widths(int... ofLayers) {
        int layers() {
            return ofLayers.length - 1;
        }
    }

    /** Parses the widths of a network. */
    static final class WidthsConverter implements ITypeConverter<Widths> {
        private static final int DIGITS = 10;

        @Override
        public Widths convert(final String text) {
            final String[] parts = text.split("-", -1);
            if (parts.length < 2 || !Arrays.stream(parts).allMatch(part -> part.matches("[0-9]+"))) {
                throw new TypeConversionException(
                    "'" + text + "': expected the widths of at least two layers from input to output, such as 416-128-128-208");
            }
            final int[] widths = new int[parts.length];
            for (int l = 0; l < parts.length; l++) {
                final long width = parts[l].length() > DIGITS ? Long.MAX_VALUE : Long.parseLong(parts[l]);
                if (width < 1 || width > Integer.MAX_VALUE) {
                    throw new TypeConversionException(
                        "'" + text + "': width " + parts[l] + " of layer " + l + ", expected 1 to " + Integer.MAX_VALUE);
                }
                widths[l] = (int) width;
            }
            return new Widths(widths);
        }
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
