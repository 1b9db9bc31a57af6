package org.tickwave.bench.paper;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Colours of a figure, for light and dark screens. */
final class FigureStyle {
    static final int SHADES = 7;
    /** Of a fast input. Neighbours differ, and a strong shade now and then lets the eye follow its wave. */
    private static final int[] PULSES = {6, 1, 2, 0, 4, 1, 2, 0};

    private static final String DARK_INK = "#14171b";
    private static final String LIGHT_INK = "#ffffff";
    private static final List<String> REDS = List.of("#ffe3df", "#ffc2bb", "#fb9a92", "#f06b66", "#d1363a", "#a81b28", "#74101c");
    private static final List<String> BLUES = List.of("#e0ecff", "#bcd5ff", "#90b8fb", "#6a9df3", "#2f66cf", "#1c4aa6", "#112f70");
    private static final List<String> REDS_IN_THE_DARK = List.of("#3d1114", "#5a181d", "#7c2027", "#a83034", "#ee6b66", "#fb9a92", "#ffcbc5");
    private static final List<String> BLUES_IN_THE_DARK = List.of("#10213f", "#16305f", "#1d4285", "#2a5cb4", "#6a9df3", "#94bbfb", "#c9ddff");
    /** From this shade on, the ink changes. */
    private static final int INK_CHANGES = 4;

    private static final String SHAPES = """
        .figure text { font-family: system-ui, -apple-system, "Segoe UI", "Helvetica Neue", Arial, sans-serif; font-size: 11px; }
        .figure .heading { font-weight: 600; font-size: 15px; }
        .figure .n1, .figure .n2, .figure .n3, .figure .n5 { text-anchor: middle; }
        .figure .n1, .figure .n2 { font-size: 13px; }
        .figure .n3 { font-size: 11px; }
        .figure .n5 { font-size: 8px; }
        .figure .name { text-anchor: middle; }
        .figure .tick { text-anchor: end; }
        .figure .ring { fill: none; stroke-width: 2.6; }
        """;

    /** One declaration in both schemes. */
    record Paint(String selector, String property, String light, String dark) {
    }

    private FigureStyle() {
    }

    /** Which shade a frame has: the same for all frames of a constant input, rising for a slow one, else pulses. */
    static int shade(final Figure figure, final int frame) {
        if (figure.id().equals("1")) {
            return SHADES / 2;
        }
        if (figure.id().startsWith("2")) {
            final int first = FigureText.lastTick(figure) - span(figure);
            return Math.clamp(Math.round((SHADES - 1) * (float) (frame - first) / Math.max(1, span(figure))), 0, SHADES - 1);
        }
        return PULSES[Math.floorMod(frame, PULSES.length)];
    }

    /** Ticks from the oldest frame in a figure to its last row. */
    private static int span(final Figure figure) {
        return FigureText.lastTick(figure) - figure.cells().stream().flatMap(List::stream)
            .flatMap(cell -> List.of(cell.forward(), cell.targets()).stream()).flatMap(List::stream).mapToInt(Integer::intValue).min()
            .orElse(figure.firstTick());
    }

    static List<Paint> paints() {
        final List<Paint> paints = new ArrayList<>(List.of(
            new Paint(".back", "fill", "#ffffff", "#0d1117"),
            new Paint("text", "fill", "#1b1f24", "#e6edf3"),
            new Paint(".faint", "fill", "#57606a", "#9da7b1"),
            new Paint(".void", "fill", "#eff2f5", "#1a2029"),
            new Paint(".ring", "stroke", "#000000", "#ffffff")));
        for (int shade = 0; shade < SHADES; shade++) {
            final String light = shade < INK_CHANGES ? DARK_INK : LIGHT_INK;
            final String dark = shade < INK_CHANGES ? LIGHT_INK : DARK_INK;
            paints.add(new Paint(".f" + shade, "fill", REDS.get(shade), REDS_IN_THE_DARK.get(shade)));
            paints.add(new Paint(".b" + shade, "fill", BLUES.get(shade), BLUES_IN_THE_DARK.get(shade)));
            paints.add(new Paint(".on" + shade, "fill", light, dark));
        }
        return paints;
    }

    /** For a file: some programs that draw SVG know neither variables nor functions of CSS. */
    static String standAlone() {
        return SHAPES + rules(Paint::light) + "@media (prefers-color-scheme: dark) {\n" + rules(Paint::dark) + "}\n";
    }

    /** For a page, which also has a button for its scheme. */
    static String inPage() {
        return SHAPES + rules(paint -> "light-dark(" + paint.light() + ", " + paint.dark() + ")");
    }

    private static String rules(final Function<Paint, String> colour) {
        return paints().stream().map(paint -> ".figure " + paint.selector() + " { " + paint.property() + ": " + colour.apply(paint) + "; }\n")
            .collect(Collectors.joining());
    }
}
