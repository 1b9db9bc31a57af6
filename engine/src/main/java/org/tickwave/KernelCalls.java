package org.tickwave;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.tickwave.kernel.Activate;
import org.tickwave.kernel.Add;
import org.tickwave.kernel.Clip;
import org.tickwave.kernel.Fold;
import org.tickwave.kernel.Good;
import org.tickwave.kernel.Lanes;
import org.tickwave.kernel.LearnBias;
import org.tickwave.kernel.OutputError;
import org.tickwave.kernel.Passes;
import org.tickwave.kernel.Scale;
import org.tickwave.kernel.Sigma;
import org.tickwave.kernel.Slope;
import org.tickwave.layout.Feedback;
import org.tickwave.layout.WeightsDescriptor;
import org.tickwave.layout.Wiring;

/**
 * Calls each kernel that the ticks of a network reach, by itself, on scratch memory. The calls take every branch, because compiled
 * code goes back to the interpreter at a branch that was never taken while the JVM watched.
 */
final class KernelCalls implements WarmUp.Calls {
    private static final int LINE_BYTES = 64;
    /** Few, to be cheap to interpret; but C2 compiles a loop after 600 calls only if these made 15,000 iterations. */
    private static final int ROWS = 24;
    private static final int GROUPS = 2;
    private static final int MOST = 256;
    /** Each shape is called once in the first round, twice in the second, and so on up to this: the first calls are slow. */
    private static final int MOST_TIMES = 40;
    private static final float HALF = .5f;
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT.withOrder(ByteOrder.LITTLE_ENDIAN);

    /** The size of a call: rows and groups of columns of a pass, numbers of a vector; and whether one number is bad. */
    private record Shape(int rows, int groups, int n, boolean bad) {
    }

    /** One kernel. */
    @FunctionalInterface
    private interface Kernel {
        void run(Shape shape);
    }

    private final MemorySegment image;
    private final List<Kernel> kernels = new ArrayList<>();
    private final Shape[] shapes;
    private long used;

    private final long weights;
    private final long zeros;
    private final long partials;
    private final long unfolded;
    private final long x;
    private final long bad;
    private final long delta;
    private final long taught;
    private final long echo;
    private final long scratch;

    /**
     * Allocates the scratch memory.
     *
     * @param clips whether the errors are clipped
     * @param arena of the same kind as the engine's
     */
    KernelCalls(final Network network, final boolean clips, final Arena arena) {
        final int vectorBytes = MOST * Float.BYTES;
        // The offsets are counted first, from 0; then so much is allocated.
        weights = region(ROWS * (GROUPS + 1) * WeightsDescriptor.GROUP_COLUMNS * Float.BYTES);
        zeros = region(WeightsDescriptor.SUMS * vectorBytes);
        partials = region(WeightsDescriptor.SUMS * vectorBytes);
        // Zeros, and behind them room for their folds and sums.
        unfolded = region(WeightsDescriptor.SUMS * vectorBytes + WeightsDescriptor.SUMS * vectorBytes / 4 + vectorBytes);
        x = region(vectorBytes);
        bad = region(vectorBytes);
        delta = region(vectorBytes);
        taught = region(vectorBytes);
        echo = region(vectorBytes);
        scratch = region(vectorBytes);
        image = arena.allocate(used, LINE_BYTES).fill((byte) 0);
        image.set(FLOAT, bad, Float.NaN);
        image.set(FLOAT, x, HALF);
        image.set(FLOAT, delta, HALF);
        shapes = shapes(network, Lanes.LANES);
        addPasses(network.wiring());
        addElementWise(network, clips);
    }

    private long region(final long bytes) {
        final long at = used;
        used += (bytes + LINE_BYTES - 1) / LINE_BYTES * LINE_BYTES;
        return at;
    }

    /** The commonest shape is as wide as the network where that is cheap: C2 unrolls a loop for the iterations that it saw. */
    private static Shape[] shapes(final Network network, final int lanes) {
        int widest = 2 * lanes + 1;
        for (int l = 0; l <= network.last(); l++) {
            widest = Math.max(widest, network.width(l));
        }
        final Shape wide = new Shape(ROWS, GROUPS, Math.min(widest, MOST), false);
        return new Shape[] {
            wide, new Shape(3, 1, 3, false),
            wide, new Shape(lanes + 1, 1, lanes + 1, false),
            wide, new Shape(ROWS, GROUPS, lanes, true)
        };
    }

    @Override
    public int count() {
        return kernels.size();
    }

    @Override
    public void run(final int which, final int round) {
        final Kernel kernel = kernels.get(which);
        final int times = Math.min(1 + round, MOST_TIMES);
        for (int i = 0; i < times; i++) {
            for (final Shape shape : shapes) {
                kernel.run(shape);
            }
        }
    }

    private void addPasses(final Wiring wiring) {
        addPass(Passes.FORWARD | Passes.BACKWARD | Passes.LEARN);
        addPass(Passes.FORWARD | Passes.BACKWARD);
        addPass(Passes.FORWARD | Passes.LEARN);
        addPass(Passes.FORWARD);
        if (wiring.takesEchoesBy(Feedback.RANDOM) || wiring.takesEchoesBy(Feedback.DIRECT)) {
            // Takes two panels at once, and the last of three by itself.
            kernels.add(s -> Passes.run(Passes.BACKWARD, image, weights, s.rows, s.groups + 1, x, taught, delta, zeros, partials, echo));
        }
        if (wiring.takesEchoesBy(Feedback.SIGN_SYMMETRIC)) {
            addPass(Passes.BACKWARD | Passes.SIGNS);
        }
    }

    private void addPass(final int parts) {
        kernels.add(s -> Passes.run(parts, image, weights, s.rows, s.groups, x, taught, delta, zeros, partials, echo));
    }

    private void addElementWise(final Network network, final boolean clips) {
        IntStream.rangeClosed(network.inputs(), network.last()).mapToObj(l -> network.activation(l).sigma).distinct()
            .forEach(this::addActivation);
        IntStream.of(network.outputs()).mapToObj(output -> network.loss(output).kernel).distinct()
            .forEach(loss -> kernels.add(s -> OutputError.run(loss, image, x, taught, echo, scratch, s.n)));
        if (ScratchNetworks.addsErrors(network)) {
            kernels.add(s -> Add.run(image, x, taught, echo, s.n));
        }
        kernels.add(s -> Fold.run(image, unfolded, s.n));
        kernels.add(s -> Scale.run(image, x, -HALF, echo, s.n));
        kernels.add(s -> LearnBias.run(image, echo, delta, -HALF, s.n));
        kernels.add(this::admit);
        if (clips) {
            kernels.add(s -> Clip.run(image, echo, s.n, HALF));
        }
    }

    private void addActivation(final Sigma sigma) {
        kernels.add(s -> Activate.run(sigma, image, s.bad ? bad : x, taught, echo, s.n));
        kernels.add(s -> Slope.run(sigma, image, s.bad ? bad : delta, x, echo, s.n));
    }

    private void admit(final Shape shape) {
        final boolean good = Good.admit(image, shape.bad ? bad : x, shape.n);
        if (good == shape.bad) {
            throw new IllegalStateException("the guard called a vector " + (good ? "good that is not" : "bad that is good"));
        }
    }
}
