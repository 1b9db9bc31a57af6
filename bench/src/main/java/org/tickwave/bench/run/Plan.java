package org.tickwave.bench.run;

import org.tickwave.Engine;
import org.tickwave.Network;
import org.tickwave.Rule;
import org.tickwave.bench.report.Setup;
import org.tickwave.bench.report.Threads;
import org.tickwave.bench.stream.ChangeTask;
import org.tickwave.bench.stream.Input;
import org.tickwave.bench.stream.PipeReader;
import org.tickwave.bench.stream.Source;
import org.tickwave.bench.stream.Task;
import org.tickwave.kernel.Lanes;

/**
 * What settings come to with a stream: a network that fits it, and how to run that.
 *
 * @param context of the engine
 * @param threads that it will have besides the one that ticks
 */
record Plan(Setup setup, Task task, Engine.Context context, EngineThreads threads) {
    /** Up to so many numbers a frame it is a sensor's, and its history says more than its neighbours. */
    private static final int NARROW = 16;
    private static final long MADE_FRAMES = 4_800;
    private static final int WIDEST_INPUT = 1 << 20;
    /** Bands take the time of every so many ticks. */
    private static final int SAMPLE_TICKS = 16;

    static Plan of(final Settings settings, final Source source) throws RunFailure {
        final boolean narrow = source.width() <= NARROW;
        final int frames = settings.context() != null ? settings.context() : narrow ? 16 : 2;
        if ((long) frames * source.width() > WIDEST_INPUT) {
            throw RunFailure.failed("--context " + frames + ": with frames of " + source.width() + " numbers an input would have "
                + (long) frames * source.width() + "; expected at most " + WIDEST_INPUT);
        }
        final Task task = new ChangeTask(source.width(), frames, settings.gain());
        final Network network = network(settings, task, narrow);
        final int hold = hold(settings, network);
        final EngineThreads threads = new EngineThreads();
        final Engine.Context context = new Engine.Context().rule(settings.rule()).hold(hold).rate(settings.rate())
            .seed(settings.seed()).learning(settings.learn()).warmUp(true).threadFactory(threads).sampleEvery(SAMPLE_TICKS);
        if (settings.idle().strategy() != null) {
            context.idleStrategy(settings.idle().strategy());
        }
        final double fps = settings.fps() != null ? settings.fps() : source.framesPerSecond();
        final double budgetNs = 1e9 / (fps * hold);
        try {
            final Threads count = ThreadChoice.of(settings, budgetNs, network, context);
            context.threads(count.count());
            final Setup setup = new Setup(source.name(), source.width(), fps, budgetNs, network, settings.rule(), hold,
                settings.rate(), frames, settings.gain(), settings.seed(), Lanes.LANES * Float.SIZE,
                Engine.imageBytes(network, context), settings.live(), settings.compare(), settings.learn(), count);
            return new Plan(setup, task, context, threads);
        } catch (final IllegalArgumentException e) {
            // The network has been checked; with it the rule is.
            throw RunFailure.usage("--rule " + e.getMessage());
        }
    }

    private static Network network(
        final Settings settings, final Task task, final boolean narrow) throws RunFailure {
        final int[] hidden = settings.layers() != null
            ? settings.layers().stream().mapToInt(Integer::intValue).toArray()
            : narrow ? new int[] {64, 64} : new int[] {128};
        final int[] widths = new int[hidden.length + 2];
        widths[0] = task.inputWidth();
        System.arraycopy(hidden, 0, widths, 1, hidden.length);
        widths[widths.length - 1] = task.targetWidth();
        try {
            return Network.chain(widths).activation(settings.activation()).build();
        } catch (final IllegalArgumentException e) {
            throw RunFailure.usage("--layers: " + e.getMessage());
        }
    }

    private static int hold(final Settings settings, final Network network) {
        if (settings.hold() != null) {
            return settings.hold();
        }
        return settings.rule().equals(Rule.diffusion()) ? Math.max(1, network.layers() - 1) : 1;
    }

    /** @param input null for the made stream, which source is then */
    Feed feed(final Settings settings, final Input input, final Source source) {
        final long frames = settings.frames() != null ? settings.frames()
            : input == null && settings.seconds() == null ? MADE_FRAMES : Long.MAX_VALUE;
        if (input != null && settings.live() && !input.regularFile()) {
            return new LiveFeed(PipeReader.start(source, frames), source.width(), task, frames);
        }
        return new PlayedFeed(source, input == null ? null : input::open, task, input == null ? 1 : settings.loop(), frames);
    }

    /** @param progress who looks on, or null */
    Session session(
        final Settings settings, final Feed feed, final Engine engine, final Backprop backprop, final Progress progress,
        final double seconds) {
        return new Session(setup, feed, task, engine, threads, backprop, progress == null ? Watch.NOTHING : progress,
            new FrameClock(setup.budgetNs(), settings.idle()), seconds);
    }
}
