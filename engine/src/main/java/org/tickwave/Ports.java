package org.tickwave;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.stream.IntStream;
import org.tickwave.pipeline.Intakes;
import org.tickwave.pipeline.Source;

/** The inputs and outputs of an engine: finds them by name, and does what they need of the engine. */
final class Ports {
    final List<Input> inputs;
    final List<Output> outputs;
    private final Network network;
    private final EngineState state;
    private final Source source;
    private final Waves waves;

    Ports(final Network network, final EngineState state, final Source source, final Waves waves) {
        this.network = network;
        this.state = state;
        this.source = source;
        this.waves = waves;
        final int[] layers = network.outputs();
        inputs = IntStream.range(0, network.inputs()).mapToObj(layer -> new Input(this, layer)).toList();
        outputs = IntStream.range(0, layers.length).mapToObj(o -> new Output(this, layers[o], o)).toList();
    }

    Input input(final String name) {
        final int layer = network.layer(name);
        if (layer >= inputs.size()) {
            throw new IllegalArgumentException("layer \"" + name + "\": expected an input");
        }
        return inputs.get(layer);
    }

    Output output(final String name) {
        final int layer = network.layer(name);
        return outputs.stream().filter(output -> output.layer() == layer).findFirst().orElseThrow(
            () -> new IllegalArgumentException("layer \"" + name + "\": expected an output"));
    }

    /** For an input that is given by itself. */
    Intakes newFrame(final int input) {
        state.expectOpen();
        return source.newFrame(input);
    }

    /** For an output whose target is given by itself. */
    Intakes newTarget() {
        state.expectOpen();
        return source.newTarget();
    }

    long nextTick() {
        return source.committed();
    }

    MemorySegment answer(final int output) {
        state.expectOpen();
        return waves.answer(output, source.completed());
    }

    long answeredFrame(final int output) {
        state.expectOpen();
        return waves.answeredFrame(output, source.completed());
    }

    /** The name and the width of an input or output. */
    String text(final int layer) {
        return network.name(layer) + " " + network.width(layer);
    }
}
