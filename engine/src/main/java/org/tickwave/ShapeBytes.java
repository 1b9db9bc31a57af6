package org.tickwave;

import static org.tickwave.layout.NotesDescriptor.LAYER_ENTRY_BYTES;
import static org.tickwave.layout.NotesDescriptor.LAYER_NAME_BYTES_OFFSET;
import static org.tickwave.layout.NotesDescriptor.LAYER_NAME_OFFSET;
import static org.tickwave.layout.NotesDescriptor.LAYER_ROLE_OFFSET;
import static org.tickwave.layout.NotesDescriptor.LAYER_WIDTH_OFFSET;
import static org.tickwave.layout.NotesDescriptor.PROJECTION_ENTRY_BYTES;
import static org.tickwave.layout.NotesDescriptor.PROJECTION_FROM_OFFSET;
import static org.tickwave.layout.NotesDescriptor.PROJECTION_TICKS_OFFSET;
import static org.tickwave.layout.NotesDescriptor.PROJECTION_TO_OFFSET;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.tickwave.layout.HeaderCheck;
import org.tickwave.layout.Wiring;

/** The shape of a network: from the network, to bytes, and from bytes that may be damaged. */
final class ShapeBytes {
    private static final ImageShape.Role[] ROLES = ImageShape.Role.values();

    private ShapeBytes() {
    }

    static ImageShape shape(final Network network, final Context context) {
        final Wiring wiring = network.wiring();
        final int[] outputs = network.outputs();
        final List<ImageShape.Layer> layers = IntStream.rangeClosed(0, network.last()).mapToObj(l -> new ImageShape.Layer(network.name(l),
            network.width(l), l < network.inputs() ? ImageShape.Role.INPUT
                : Arrays.stream(outputs).anyMatch(output -> output == l) ? ImageShape.Role.OUTPUT : ImageShape.Role.HIDDEN)).toList();
        final List<ImageShape.Projection> projections = IntStream.rangeClosed(1, network.projections())
            .mapToObj(k -> new ImageShape.Projection(network.from(k), network.to(k), wiring.delay(k) + 1)).toList();
        return new ImageShape(layers, projections, context.rule, context.hold, network.latency());
    }

    static byte[] of(final ImageShape shape) {
        final ByteArrayOutputStream names = new ByteArrayOutputStream();
        final int entries = shape.layers().size() * LAYER_ENTRY_BYTES + shape.projections().size() * PROJECTION_ENTRY_BYTES;
        final ByteBuffer bytes = ByteBuffer.allocate(entries).order(ByteOrder.LITTLE_ENDIAN);
        int at = 0;
        for (final ImageShape.Layer layer : shape.layers()) {
            final byte[] name = layer.name().getBytes(StandardCharsets.UTF_8);
            bytes.putInt(at + LAYER_WIDTH_OFFSET, layer.width()).putInt(at + LAYER_ROLE_OFFSET, layer.role().ordinal())
                .putInt(at + LAYER_NAME_OFFSET, names.size()).putInt(at + LAYER_NAME_BYTES_OFFSET, name.length);
            names.writeBytes(name);
            at += LAYER_ENTRY_BYTES;
        }
        for (final ImageShape.Projection projection : shape.projections()) {
            bytes.putInt(at + PROJECTION_FROM_OFFSET, projection.from()).putInt(at + PROJECTION_TO_OFFSET, projection.to())
                .putInt(at + PROJECTION_TICKS_OFFSET, projection.ticks());
            at += PROJECTION_ENTRY_BYTES;
        }
        final byte[] all = Arrays.copyOf(bytes.array(), entries + names.size());
        System.arraycopy(names.toByteArray(), 0, all, entries, names.size());
        return all;
    }

    /**
     * Reads a shape, and believes nothing.
     *
     * @param bytes at least as many as the entries of so many layers and projections take
     * @throws IllegalArgumentException if a number is out of bounds
     */
    static ImageShape read(
        final MemorySegment bytes, final int layerCount, final int projectionCount, final Rule rule, final int hold, final int latency) {
        final ByteBuffer shape = ByteBuffer.wrap(bytes.toArray(ValueLayout.JAVA_BYTE)).order(ByteOrder.LITTLE_ENDIAN);
        final int names = layerCount * LAYER_ENTRY_BYTES + projectionCount * PROJECTION_ENTRY_BYTES;
        final List<ImageShape.Layer> layers = new ArrayList<>();
        for (int l = 0; l < layerCount; l++) {
            layers.add(layer(shape, l, names));
        }
        final List<ImageShape.Projection> projections = new ArrayList<>();
        for (int k = 0; k < projectionCount; k++) {
            final int at = layerCount * LAYER_ENTRY_BYTES + k * PROJECTION_ENTRY_BYTES;
            final HeaderCheck check = new HeaderCheck("the entry of projection " + (k + 1));
            projections.add(new ImageShape.Projection(checked(check, "FROM", shape.getInt(at + PROJECTION_FROM_OFFSET), 0, layerCount - 1),
                checked(check, "TO", shape.getInt(at + PROJECTION_TO_OFFSET), 0, layerCount - 1),
                checked(check, "TICKS", shape.getInt(at + PROJECTION_TICKS_OFFSET), 1, Integer.MAX_VALUE)));
        }
        return new ImageShape(layers, projections, rule, hold, latency);
    }

    private static ImageShape.Layer layer(final ByteBuffer shape, final int layer, final int names) {
        final HeaderCheck check = new HeaderCheck("the entry of layer " + layer);
        final int at = layer * LAYER_ENTRY_BYTES;
        final int room = shape.capacity() - names;
        final int width = checked(check, "WIDTH", shape.getInt(at + LAYER_WIDTH_OFFSET), 1, Integer.MAX_VALUE);
        final int role = checked(check, "ROLE", shape.getInt(at + LAYER_ROLE_OFFSET), 0, ROLES.length - 1);
        final int name = checked(check, "NAME", shape.getInt(at + LAYER_NAME_OFFSET), 0, room);
        final int nameBytes = checked(check, "NAME_BYTES", shape.getInt(at + LAYER_NAME_BYTES_OFFSET), 0, room - name);
        try {
            return new ImageShape.Layer(StandardCharsets.UTF_8.newDecoder().decode(shape.slice(names + name, nameBytes)).toString(), width,
                ROLES[role]);
        } catch (final CharacterCodingException e) {
            throw check.refused("NAME", name, "the place of a name in UTF-8");
        }
    }

    private static int checked(final HeaderCheck check, final String field, final int value, final int least, final int most) {
        check.expect(field, value, least, most, 1);
        return value;
    }
}
