package org.tickwave.bench.setup;

import java.util.List;
import org.tickwave.Context;
import org.tickwave.Engine;
import org.tickwave.Network;
import org.tickwave.Rule;
import org.tickwave.bench.input.Input;
import org.tickwave.bench.model.Model;
import org.tickwave.bench.model.Weights;
import org.tickwave.bench.report.RunDescription;
import org.tickwave.bench.report.Threads;
import org.tickwave.bench.report.Units;
import org.tickwave.bench.session.Backprop;
import org.tickwave.bench.session.EngineThreads;
import org.tickwave.bench.session.Feed;
import org.tickwave.bench.session.FrameClock;
import org.tickwave.bench.session.LiveFeed;
import org.tickwave.bench.session.PlayedFeed;
import org.tickwave.bench.session.Session;
import org.tickwave.bench.session.SessionObserver;
import org.tickwave.bench.sound.NormalisedStream;
import org.tickwave.bench.sound.Normaliser;
import org.tickwave.bench.stream.Features;
import org.tickwave.bench.stream.FrameStream;
import org.tickwave.bench.stream.PipeReader;
import org.tickwave.bench.task.ChangeTask;
import org.tickwave.bench.task.ClassifyTask;
import org.tickwave.bench.task.Task;
import org.tickwave.kernel.Lanes;

/**
 * What options come to with a stream: a network that fits it, and how to run that.
 *
 * @param context    of the engine
 * @param threads    that it will have besides the one that ticks
 * @param features   of the stream; null where its frames are fed as they are
 * @param normaliser of all sources of this stream, however often it is opened; null without features
 */
public record RunPlan(
    RunDescription description, Task task, Context context, EngineThreads threads, Features features, Normaliser normaliser) {
    private static final long MADE_FRAMES = 4_800;
    private static final int WIDEST_INPUT = 1 << 20;
    /** Bands take the time of every so many ticks. */
    private static final int SAMPLE_TICKS = 16;

    /** Of a network that begins anew. */
    public static RunPlan of(final RunOptions options, final FrameStream stream) throws RunFailure {
        return of(options, stream, null);
    }

    /**
     * @param options settled
     * @param stream   only looked at: what it gives is read by {@link #feed}
     * @param loaded  what the network begins with; null to begin anew
     */
    public static RunPlan of(final RunOptions options, final FrameStream stream, final LoadedModel loaded) throws RunFailure {
        if (loaded != null) {
            loaded.expectFit(stream);
        }
        final StreamDefaults defaults = StreamDefaults.of(stream);
        final Task task = task(options, stream, defaults);
        final int frames = task.inputWidth() / stream.width();
        final float gain = stream.labels().isEmpty() ? given(options.gain(), defaults.gain()) : 1;
        final float rate = given(options.rate(), defaults.rate());
        final Network network = loaded != null ? loaded.network() : network(options, task, defaults);
        final int hold = hold(options, network);
        final EngineThreads threads = new EngineThreads();
        final Context context = new Context().rule(options.rule()).hold(hold).rate(rate)
            .seed(options.seed()).learning(options.learn()).warmUp(true).threadFactory(threads).sampleEvery(SAMPLE_TICKS);
        if (options.idle().strategy() != null) {
            context.idleStrategy(options.idle().strategy());
        }
        expectRule(network, context);
        final double fps = given(options.fps(), stream.framesPerSecond());
        if (Double.isNaN(fps)) {
            throw RunFailure.failed(stream.name() + ": does not say how many frames a second it has: expected --fps, such as --fps 25");
        }
        final double budgetNs = 1e9 / (fps * hold);
        final Threads count = ThreadChoice.of(options, budgetNs, network, context);
        context.threads(count.count());
        final RunDescription description = new RunDescription(stream.name(), task.name(), stream.labels(), stream.width(), fps, budgetNs, network,
            options.rule(), hold, rate, frames, gain, options.seed(), Lanes.LANES * Float.SIZE,
            Engine.imageBytes(network, context), options.live(), options.compare(), options.learn(), count, stream.skippedRecordings());
        return new RunPlan(description, task, context, threads, stream.features(),
            loaded != null ? loaded.normaliser(!options.learn()) : normaliser(stream));
    }

    /** With a network that was checked before, only the rule can be wrong. */
    private static void expectRule(final Network network, final Context context) throws RunFailure {
        try {
            Engine.imageBytes(network, context);
        } catch (final IllegalArgumentException e) {
            throw RunFailure.usage("--rule " + e.getMessage());
        }
    }

    private static <T> T given(final T option, final T otherwise) {
        return option != null ? option : otherwise;
    }

    private static Task task(final RunOptions options, final FrameStream stream, final StreamDefaults defaults) throws RunFailure {
        final int frames = given(options.context(), defaults.context());
        if ((long) frames * stream.width() > WIDEST_INPUT) {
            throw RunFailure.failed("--context " + frames + ": with frames of " + stream.width() + " numbers an input would have "
                + (long) frames * stream.width() + "; expected at most " + WIDEST_INPUT);
        }
        if (stream.labels().isEmpty()) {
            return new ChangeTask(stream.width(), frames, given(options.gain(), defaults.gain()));
        }
        if (options.gain() != null) {
            throw RunFailure.usage("--gain " + Units.number(options.gain()) + ": " + stream.name()
                + " has labelled recordings; expected none, since there are no changes to multiply");
        }
        return new ClassifyTask(stream.width(), frames, stream.labels().size());
    }

    private static Normaliser normaliser(final FrameStream stream) {
        return stream.features() == null ? null : new Normaliser(Normaliser.State.none(stream.width()), false);
    }

    private static Network network(final RunOptions options, final Task task, final StreamDefaults defaults) throws RunFailure {
        final List<Integer> hidden = given(options.layers(), defaults.layers());
        final int[] widths = new int[hidden.size() + 2];
        widths[0] = task.inputWidth();
        for (int l = 0; l < hidden.size(); l++) {
            widths[l + 1] = hidden.get(l);
        }
        widths[widths.length - 1] = task.targetWidth();
        try {
            return Network.chain(widths).activation(options.activation()).loss(task.loss()).build();
        } catch (final IllegalArgumentException e) {
            throw RunFailure.usage("--layers: " + e.getMessage());
        }
    }

    private static int hold(final RunOptions options, final Network network) {
        if (options.hold() != null) {
            return options.hold();
        }
        return options.rule().equals(Rule.diffusion()) ? Math.max(1, network.layers() - 1) : 1;
    }

    /**
     * The model that a run has made.
     *
     * @param unfinished why the weights are those of an unfinished tick; null if they are not
     */
    public Model model(final String unfinished, final Weights weights) {
        return new Model(description.network(), description.task(), description.labels(), description.context(), description.gain(), description.seed(), features,
            normaliser == null ? null : normaliser.state(), unfinished, weights);
    }

    /** @param input null for the made stream, which stream is then */
    public Feed feed(final RunOptions options, final Input input, final FrameStream stream) {
        final long frames = options.frames() != null ? options.frames()
            : input == null && options.seconds() == null ? MADE_FRAMES : Long.MAX_VALUE;
        if (input != null && options.live() && !input.regularFile()) {
            return new LiveFeed(PipeReader.start(normalised(stream), frames), stream.width(), task, frames);
        }
        return feed(stream, input == null ? null : input::open, input == null ? 1 : options.loop(), frames);
    }

    /** @param opener for the loops after the first */
    public Feed feed(final FrameStream stream, final PlayedFeed.Opener opener, final long loops, final long frames) {
        return new PlayedFeed(normalised(stream), opener == null ? null : () -> normalised(opener.open()), task, loops, frames);
    }

    private FrameStream normalised(final FrameStream stream) {
        return normaliser == null ? stream : new NormalisedStream(stream, normaliser);
    }

    /** @param observer what looks on between two ticks */
    public Session session(
        final RunOptions options, final Feed feed, final Engine engine, final Backprop backprop, final SessionObserver observer,
        final double seconds) {
        return new Session(description, feed, task, engine, threads, backprop, observer,
            new FrameClock(description.budgetNs(), options.idle()), seconds);
    }
}
