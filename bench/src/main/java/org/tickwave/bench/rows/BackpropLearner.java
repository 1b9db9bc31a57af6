package org.tickwave.bench.rows;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.function.UnaryOperator;
import org.tickwave.Network;
import org.tickwave.bench.report.Units;
import org.tickwave.bench.score.Logits;
import org.tickwave.bench.session.Backprop;
import org.tickwave.bench.setup.RunFailure;
import org.tickwave.bench.setup.RunPlan;
import org.tickwave.bench.task.Task;

/** A reference of {@code run --compare}: sequential backprop, with the inputs and targets of the engine. */
final class BackpropLearner implements RowLearner {
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final RowStream stream;
    private final Task task;
    private final Backprop backprop;
    private final String network;
    private final float rate;
    private final double[] frame;
    private final float[] scratch;
    private final float[] answer;

    /**
     * @param of    makes the network from the engine's network
     * @param times the rate, as a multiple of the engine's rate
     */
    BackpropLearner(final RowTable table, final UnaryOperator<Network> of, final float times) throws RunFailure {
        stream = new RowStream(table);
        final RunPlan plan = RunPlan.of(OwnLearners.options(), stream);
        task = plan.task();
        rate = plan.description().rate() * times;
        backprop = new Backprop(of.apply(plan.description().network()), plan.description().seed());
        network = backprop.network().toString();
        frame = new double[stream.width()];
        scratch = new float[stream.width()];
        answer = new float[task.targetWidth()];
    }

    @Override
    public String settings() {
        return network + ", rate " + Units.number(rate);
    }

    @Override
    public int answer(final int row) {
        stream.read(frame, scratch);
        task.push(frame, row > 0, stream.recording());
        MemorySegment.copy(backprop.forward(task.input()), FLOAT, 0, answer, 0, answer.length);
        return Logits.largest(answer);
    }

    @Override
    public void learn(final int row) {
        backprop.learn(task.target(), rate);
    }

    @Override
    public void close() {
        backprop.close();
    }
}
