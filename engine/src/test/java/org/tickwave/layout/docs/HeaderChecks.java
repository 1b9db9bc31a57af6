package org.tickwave.layout.docs;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.tickwave.Activation;
import org.tickwave.Engine;
import org.tickwave.Loss;
import org.tickwave.kernel.OutputError;
import org.tickwave.kernel.Sigma;
import org.tickwave.layout.CountersDescriptor;
import org.tickwave.layout.Digest;
import org.tickwave.layout.Feedback;
import org.tickwave.layout.Geometry;
import org.tickwave.layout.HeaderDescriptor;
import org.tickwave.layout.ImageState;
import org.tickwave.layout.Region;
import org.tickwave.layout.Wiring;
import org.tickwave.layout.docs.Document.Drawing;
import org.tickwave.layout.docs.Document.Row;
import org.tickwave.layout.docs.Document.Table;
import org.tickwave.layout.docs.Expression.Scope;
import org.tickwave.layout.docs.Samples.Sample;
import org.tickwave.pipeline.Image;

/** header.md: header, region table, counters. */
final class HeaderChecks {
    private static final String FILE = "header.md";
    private static final List<String> OFFSETS = List.of("offset", "bytes", "type", "name");
    private static final int DUMPED_BYTES = 128;
    private static final int LOSS = 1;
    private static final float CLIP = .7f;
    private static final int GUARD = 1;

    private HeaderChecks() {
    }

    static void check(final Docs docs, final Formulas formulas) {
        final Table header = docs.table(FILE, "Header", OFFSETS);
        Constants.offsets(docs, header, HeaderDescriptor.class, "", "ENTRY_.*|TABLE_OFFSET", HeaderDescriptor.TABLE_OFFSET);
        Boxes.check(docs, docs.drawing(FILE, "Header"), Constants.boxes(docs, header));

        final Table entry = docs.table(FILE, "Region table", OFFSETS);
        Constants.offsets(docs, entry, HeaderDescriptor.class, "ENTRY_", "", HeaderDescriptor.ENTRY_BYTES);
        Boxes.check(docs, docs.drawing(FILE, "Region table"), Constants.boxes(docs, entry));

        final Table counters = docs.table(FILE, "Counters", OFFSETS);
        Constants.offsets(docs, counters, CountersDescriptor.class, "", "", CountersDescriptor.STRIDE_BYTES);
        Boxes.check(docs, docs.drawing(FILE, "Counters"), Constants.boxes(docs, counters));

        formulas(docs, formulas);
        codes(docs, "State", "state", ImageState.values());
        codes(docs, "Digest", "activation", Activation.values());
        codes(docs, "Digest", "loss", Loss.values());
        codes(docs, "Digest", "guard", Engine.Guard.values());
        digest(docs);
        dump(docs, docs.drawing(FILE, "In a debugger"));
    }

    private static void formulas(final Docs docs, final Formulas formulas) {
        final Table table = docs.table(FILE, "Where they stand", List.of("what", "formula"));
        int known = 0;
        for (final Row row : table.rows()) {
            known++;
            for (final Sample sample : docs.samples) {
                final Region header = sample.layout().regions().getFirst();
                final Scope scope = formulas.scope(sample).value("k", 3).value("l", sample.geometry().wiring().last())
                    .value("counters", sample.layout().regions().get(1).offset());
                final long expected = switch (docs.code(table, row, "what")) {
                    case "regions" -> sample.layout().regions().size();
                    case "entry k" -> HeaderDescriptor.entry(3);
                    case "bytes of the header region, in whole lines" -> header.bytes();
                    case "counters of layer l" -> sample.layout().counters(sample.geometry().wiring().last());
                    default -> {
                        known--;
                        docs.problem(row, "what this is, no check knows");
                        yield -1;
                    }
                };
                if (expected < 0 || !formulas.expect(table, row, "formula", scope, expected, sample.toString())) {
                    break;
                }
            }
        }
        if (known != 4) {
            docs.problem(table, known + " formulas, expected 4");
        }
    }

    private static void digest(final Docs docs) {
        final Table table = docs.table(FILE, "Digest", List.of("number", "value"));
        long basis = 0;
        long prime = 0;
        for (final Row row : table.rows()) {
            final String value = docs.code(table, row, "value");
            final long number = value.matches("0x[0-9a-f]{1,16}") ? Long.parseUnsignedLong(value.substring(2), 16) : -1;
            if (docs.code(table, row, "number").equals("basis")) {
                basis = number;
            } else {
                prime = number;
            }
        }
        for (final Sample sample : docs.samples) {
            if (digest(sample.geometry(), basis, prime) != Digest.of(
                sample.geometry(), activations(sample.geometry()), new int[] {LOSS}, CLIP, GUARD)) {
                table.rows().forEach(row -> docs.problem(row, "does not give the digest of " + sample));
                docs.problem(table, "does not give the digest of " + sample);
                return;
            }
        }
        digestOfFeedback(docs, table, prime);
    }

    /** What item 7 of the page adds, for a chain of three. */
    private static void digestOfFeedback(final Docs docs, final Table table, final long prime) {
        final Wiring chain = Wiring.chain(3);
        final Wiring wiring = chain.withFeedback(new Feedback[] {Feedback.RANDOM, Feedback.RANDOM, Feedback.SIGN_SYMMETRIC}, 1, 3);
        final int[] widths = {4, 3, 2, 1};
        long digest = Digest.of(new Geometry(8, widths, chain, 0), new int[4], new int[] {LOSS}, CLIP, GUARD);
        for (final int number : new int[] {0, 0, 2, 1, 1}) {
            digest = mix(digest, number, prime);
        }
        if (digest != Digest.of(new Geometry(8, widths, wiring, 0), new int[4], new int[] {LOSS}, CLIP, GUARD)) {
            docs.problem(table, "does not give the digest of a chain with other feedback");
        }
    }

    private static long mix(final long before, final int number, final long prime) {
        long digest = before;
        for (int i = 0; i < 4; i++) {
            digest = (digest ^ number >>> 8 * i & 255) * prime;
        }
        return digest;
    }

    private static long digest(final Geometry geometry, final long basis, final long prime) {
        final Wiring wiring = geometry.wiring();
        final int last = wiring.last();
        final List<Integer> numbers = new ArrayList<>(List.of(last + 1, 1, 1, last, wiring.targetAge(last), last));
        for (int l = 1; l <= last; l++) {
            numbers.addAll(List.of(l - 1, l, 0, wiring.age(l)));
        }
        for (int l = 1; l <= last; l++) {
            numbers.addAll(List.of(wiring.slopeAge(l), 2 * last - l, last - l));
        }
        for (int l = 0; l <= last; l++) {
            numbers.add(geometry.width(l));
        }
        for (int l = 1; l <= last; l++) {
            numbers.add(activations(geometry)[l]);
        }
        numbers.addAll(List.of(LOSS, Float.floatToIntBits(CLIP), GUARD));
        long digest = basis;
        for (final int number : numbers) {
            digest = mix(digest, number, prime);
        }
        return digest;
    }

    /** Codes that differ from layer to layer. */
    private static int[] activations(final Geometry geometry) {
        return IntStream.rangeClosed(0, geometry.wiring().last()).toArray();
    }

    /** Of tanh, a linear output, squared error, no clip, and a guard that stops. */
    private static long exampleDigest() {
        final int[] activations = new int[Samples.EXAMPLE.geometry().wiring().last() + 1];
        Arrays.fill(activations, Sigma.TANH.ordinal());
        activations[Samples.EXAMPLE.geometry().wiring().last()] = Sigma.IDENTITY.ordinal();
        return Digest.of(Samples.EXAMPLE.geometry(), activations, new int[] {OutputError.Loss.SQUARED_ERROR.ordinal()},
            Float.POSITIVE_INFINITY, Engine.Guard.STOP.ordinal());
    }

    /** Checks a table of the codes of an enum. */
    private static void codes(final Docs docs, final String heading, final String name, final Enum<?>[] values) {
        final Table table = docs.table(FILE, heading, List.of("code", name));
        if (table.rows().size() != values.length) {
            docs.problem(table, table.rows().size() + " rows, expected " + Arrays.toString(values));
        }
        for (int i = 0; i < Math.min(values.length, table.rows().size()); i++) {
            docs.expect(table, table.rows().get(i), "code", i, values[i].toString());
            docs.expect(table, table.rows().get(i), name, values[i], "in the order of the codes");
        }
    }

    /** The output of {@code xxd -g1} for the image of the example. */
    private static void dump(final Docs docs, final Drawing drawing) {
        final List<String> expected = new ArrayList<>();
        try (Arena arena = Arena.ofConfined()) {
            final Image example = Image.create(Samples.EXAMPLE, arena, 1);
            example.completeRelease(exampleDigest());
            final MemorySegment image = example.segment();
            for (int at = 0; at < DUMPED_BYTES; at += 16) {
                final StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%08x:", at));
                final StringBuilder text = new StringBuilder();
                for (int i = at; i < at + 16; i++) {
                    final int value = image.get(ValueLayout.JAVA_BYTE, i) & 255;
                    line.append(String.format(Locale.ROOT, " %02x", value));
                    text.append(value >= ' ' && value < 127 ? (char) value : '.');
                }
                expected.add(line + "  " + text);
            }
        }
        docs.expectLines(drawing, expected);
    }
}
