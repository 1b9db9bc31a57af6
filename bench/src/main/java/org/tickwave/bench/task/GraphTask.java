package org.tickwave.bench.task;

import java.util.ArrayList;
import java.util.List;
import org.tickwave.Balance;
import org.tickwave.Loss;
import org.tickwave.Rule;
import org.tickwave.bench.keep.Archive;
import org.tickwave.bench.net.NetworkDescription;
import org.tickwave.bench.net.NetworkDescription.Output;
import org.tickwave.bench.score.Measure;
import org.tickwave.bench.score.SeveralScores;
import org.tickwave.bench.stream.Recording;

/**
 * A task for a network that a description names: each input takes its part of the task's input, and each output its part of the task's
 * target. Here an input is the parts of all inputs, one after the other, and a target those of all outputs.
 */
public final class GraphTask implements Task {
    private final Task whole;
    private final NetworkDescription description;
    private final Parts inputs;
    private final Parts waiting;
    private final Parts targets;
    private float[] input;
    private float[] target;

    /** @param description fits the task: see {@link org.tickwave.bench.net.NetworkFile#fit} */
    public GraphTask(final Task whole, final NetworkDescription description) {
        this.whole = whole;
        this.description = description;
        inputs = Parts.ofInputs(description.inputs());
        waiting = Parts.ofInputs(description.inputs());
        targets = Parts.ofOutputs(description.outputs());
        take();
    }

    /** The task whose frames are divided. */
    public Task whole() {
        return whole;
    }

    /** The parts of an input of {@link #whole}. Shared: other numbers after the next call. */
    public float[] parts(final float[] inputOfWhole) {
        return waiting.of(inputOfWhole);
    }

    /** The index of each number of a target in the target of {@link #whole}. */
    public int[] targetNumbers() {
        return targets.numbers();
    }

    private void take() {
        input = inputs.of(whole.input());
        target = targets.of(whole.target());
    }

    @Override
    public String name() {
        return whole.name();
    }

    @Override
    public Loss loss() {
        return whole.loss();
    }

    @Override
    public Measure measure(final List<String> labels, final int models, final Loss loss) {
        return whole.measure(labels, models, loss);
    }

    @Override
    public Measure measure(final List<String> labels, final int models) {
        final List<SeveralScores.Output> outputs = new ArrayList<>();
        for (final Output output : description.outputs()) {
            outputs.add(new SeveralScores.Output(output.name(), output.width(), measure(labels, models, output.loss())));
        }
        return outputs.size() == 1 ? outputs.getFirst().measure() : new SeveralScores(outputs, models);
    }

    @Override
    public int inputWidth() {
        return inputs.width();
    }

    @Override
    public int targetWidth() {
        return targets.width();
    }

    @Override
    public boolean accepts(final double[] frame) {
        return whole.accepts(frame);
    }

    @Override
    public boolean push(final double[] frame, final boolean follows, final Recording recording) {
        final boolean completes = whole.push(frame, follows, recording);
        take();
        return completes;
    }

    @Override
    public boolean finish() {
        final boolean completes = whole.finish();
        take();
        return completes;
    }

    @Override
    public boolean waits() {
        return whole.waits();
    }

    /** A network with cycles has no answer before its ticks. */
    @Override
    public boolean scoresNow(final Rule rule) {
        return description.balance() != Balance.RECURRENT && whole.scoresNow(rule);
    }

    @Override
    public float[] input() {
        return input;
    }

    @Override
    public float[] target() {
        return target;
    }

    @Override
    public boolean hasTarget() {
        return whole.hasTarget();
    }

    @Override
    public boolean taught() {
        return whole.taught();
    }

    @Override
    public Recording recording() {
        return whole.recording();
    }

    @Override
    public void keep(final Archive archive) {
        whole.keep(archive);
        take();
    }
}
