package org.tickwave.bench.setup;

import java.util.List;
import org.tickwave.Balance;
import org.tickwave.Context;
import org.tickwave.Engine;
import org.tickwave.Network;
import org.tickwave.Rule;
import org.tickwave.bench.answer.AnswerOptions;
import org.tickwave.bench.answer.Answers;
import org.tickwave.bench.audit.Audit;
import org.tickwave.bench.input.Input;
import org.tickwave.bench.model.Model;
import org.tickwave.bench.model.Weights;
import org.tickwave.bench.report.Clock;
import org.tickwave.bench.report.Hold;
import org.tickwave.bench.report.RunDescription;
import org.tickwave.bench.report.Threads;
import org.tickwave.bench.report.Units;
import org.tickwave.bench.scale.Normaliser;
import org.tickwave.bench.session.PipePlace;
import org.tickwave.bench.session.References;
import org.tickwave.bench.session.EngineThreads;
import org.tickwave.bench.session.Feed;
import org.tickwave.bench.session.FrameClock;
import org.tickwave.bench.session.LiveFeed;
import org.tickwave.bench.session.PlayedFeed;
import org.tickwave.bench.session.Session;
import org.tickwave.bench.session.SessionObserver;
import org.tickwave.bench.stream.Features;
import org.tickwave.bench.stream.FrameStream;
import org.tickwave.bench.stream.PipeReader;
import org.tickwave.bench.task.ChangeTask;
import org.tickwave.bench.task.ClassifyTask;
import org.tickwave.bench.task.GraphTask;
import org.tickwave.bench.task.RowTask;
import org.tickwave.bench.task.Task;
import org.tickwave.bench.watch.RunWatch;
import org.tickwave.kernel.Lanes;

/**
 * The plan of a run, made from the options and the stream: a network that fits the stream, and the settings of the engine.
 *
 * @param description parameters of the run
 * @param task       what the network learns
 * @param context    settings of the engine
 * @param threads    the engine's own threads
 * @param features   features of the stream's sound; null if the frames are fed as they are
 * @param normaliser normaliser of the frames, shared by all plays of the stream; null if frames are fed as they are
 */
public record RunPlan(
    RunDescription description, Task task, Context context, EngineThreads threads, Features features, Normaliser normaliser) {
    private static final long MADE_FRAMES = 4_800;
    private static final int WIDEST_INPUT = 1 << 20;
    /** One of so many ticks is timed in each band. */
    private static final int SAMPLE_TICKS = 16;

    /** The plan of a network that begins with random weights. */
    public static RunPlan of(final RunOptions options, final FrameStream stream) throws RunFailure {
        return of(options, stream, null);
    }

    /**
     * Makes the plan. Reads no frame of the stream.
     *
     * @param options settled options
     * @param loaded  model that the network begins with; null to begin with random weights
     */
    public static RunPlan of(final RunOptions options, final FrameStream stream, final LoadedModel loaded) throws RunFailure {
        if (loaded != null) {
            loaded.expectFit(stream);
        }
        if (options.answers() != null && options.answers().format() == AnswerOptions.Format.U8
            && !(stream.ofBytes() && stream.labels().isEmpty())) {
            throw RunFailure.usage("--answers-format u8: " + stream.name() + " is no stream of bytes: expected csv, f32 or json");
        }
        final StreamDefaults defaults = StreamDefaults.of(stream);
        final Normaliser normaliser = loaded != null ? loaded.normaliser(!options.learn()) : normaliser(options, stream, defaults);
        final Task whole = task(options, stream, defaults, normaliser);
        final int frames = whole.inputWidth() / stream.width();
        final float gain = stream.labels().isEmpty() ? gain(options, normaliser) : 1;
        final GraphPlan graph = options.network() == null ? null : GraphPlan.of(options, whole);
        final Network network = graph != null ? graph.network()
            : withFeedback(options, loaded != null ? loaded.network() : network(options, whole, defaults));
        final Task task = graph != null ? new GraphTask(whole, graph.description()) : whole;
        final Rule rule = options.rule() != null ? options.rule() : network.balance() == Balance.BALANCED ? Rule.aligned() : Rule.diffusion();
        final EngineThreads threads = new EngineThreads();
        final double fps = given(options.fps(), stream.framesPerSecond());
        if (Double.isNaN(fps) && (options.live() || stream.columns().isEmpty())) {
            throw RunFailure.failed(stream.name() + ": does not say how many frames a second it has: expected --fps, such as --fps 25");
        }
        final Hold hold = HoldChoice.of(options.hold(), 1e9 / fps, network);
        final float rate = given(options.rate(), normaliser == null ? defaults.rates().of(hold.ticks()) : defaults.rates().plain());
        final Context context = new Context().rule(rule).hold(hold.ticks()).rate(rate)
            .seed(options.seed()).learning(options.learn()).warmUp(true).threadFactory(threads).sampleEvery(SAMPLE_TICKS);
        if (options.idle().strategy() != null) {
            context.idleStrategy(options.idle().strategy());
        }
        if ((options.watch() != null || options.image() != null) && options.keep() == null) {
            context.history(RunWatch.history(network));
        }
        expectRule(network, context);
        expectAudit(options, network, context, rule);
        final double budgetNs = 1e9 / (fps * hold.ticks());
        final Threads count = ThreadChoice.of(options, budgetNs, network, context);
        context.threads(count.count());
        final String labelColumn = options.table() == null || stream.labels().isEmpty() ? null : options.table().label();
        final RunDescription description = new RunDescription(stream.name(), task.name(), stream.labels(), stream.columns(), labelColumn, stream.width(), fps, budgetNs, network,
            rule, hold, rate, frames, gain, normaliser == null ? 0 : normaliser.limit(), options.seed(), Lanes.LANES * Float.SIZE,
            Engine.imageBytes(network, context), options.clock(), options.compare(), options.learn(), count, stream.skippedRecordings(),
            graph == null ? null : graph.description());
        return new RunPlan(description, task, context, threads, stream.features(), normaliser);
    }

    private static Network withFeedback(final RunOptions options, final Network network) {
        return options.feedback() == null ? network : network.withFeedback(options.feedback());
    }

    /** The network was checked before, so only the rule can be wrong. */
    private static void expectRule(final Network network, final Context context) throws RunFailure {
        try {
            Engine.imageBytes(network, context);
        } catch (final IllegalArgumentException e) {
            throw RunFailure.usage("--rule " + e.getMessage());
        }
    }

    /** An audit needs more past waves than the rule. */
    private static void expectAudit(final RunOptions options, final Network network, final Context context, final Rule rule) throws RunFailure {
        if (options.audit() == null) {
            return;
        }
        if (network.balance() == Balance.RECURRENT) {
            throw RunFailure.usage("--audit " + options.audit() + ": expected a network without cycles, since sequential backprop needs one");
        }
        context.history(Math.max(context.history(), Audit.history(network, rule)));
    }

    private static <T> T given(final T option, final T otherwise) {
        return option != null ? option : otherwise;
    }

    private static float gain(final RunOptions options, final Normaliser normaliser) {
        return given(options.gain(), StreamDefaults.gain(normaliser != null));
    }

    private static Task task(
        final RunOptions options, final FrameStream stream, final StreamDefaults defaults, final Normaliser normaliser)
        throws RunFailure {
        final int frames = given(options.context(), defaults.context());
        if ((long) frames * stream.width() > WIDEST_INPUT) {
            throw RunFailure.failed("--context " + frames + ": " + frames + " frames of " + stream.width() + " numbers make an input of "
                + (long) frames * stream.width() + ": expected at most " + WIDEST_INPUT);
        }
        if (stream.labels().isEmpty()) {
            return new ChangeTask(stream.width(), frames, gain(options, normaliser), normaliser);
        }
        if (options.gain() != null) {
            throw RunFailure.usage("--gain " + Units.number(options.gain()) + ": " + stream.name()
                + " has labels: expected no --gain, because --gain multiplies changes");
        }
        if (!stream.columns().isEmpty()) {
            return new RowTask(stream.width(), frames, stream.labels().size(), normaliser);
        }
        return new ClassifyTask(stream.width(), frames, stream.labels().size(), normaliser);
    }

    private static Normaliser normaliser(final RunOptions options, final FrameStream stream, final StreamDefaults defaults) {
        final long frames = given(options.normalise(), defaults.normalise());
        return frames == 0 ? null : new Normaliser(Normaliser.State.none(stream.width(), frames), false);
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

    /**
     * The model of this run, for saving.
     *
     * @param unfinished why the last tick of the weights is unfinished; null if it is finished
     * @param weights    the weights and biases; null if only the header of the model is of interest
     */
    public Model model(final String unfinished, final Weights weights) {
        return new Model(description.network(), description.graph(), description.task(), description.labels(), description.context(), description.gain(), description.seed(), features,
            normaliser == null ? null : normaliser.state(), description.columns(), description.labelColumn(), description.width(), unfinished, weights);
    }

    /** @param input null if the stream is the made stream */
    public Feed feed(final RunOptions options, final Input input, final FrameStream stream) {
        return feed(options, input, stream, null);
    }

    /**
     * The feed of a run that may be kept.
     *
     * @param pipe the place in the pipe; null if the input is no pipe, or if the run is not kept
     */
    public Feed feed(final RunOptions options, final Input input, final FrameStream stream, final PipePlace pipe) {
        final long frames = options.frames() != null ? options.frames()
            : input == null && options.seconds() == null ? MADE_FRAMES : Long.MAX_VALUE;
        if (input != null && options.live() && !input.regularFile()) {
            final long left = pipe == null ? frames : frames - pipe.frames();
            return new LiveFeed(PipeReader.start(stream, left), stream.width(), task, frames, options.clock() == Clock.BURST, pipe);
        }
        return new PlayedFeed(stream, input == null ? null : input::open, task, input == null ? 1 : options.loop(), frames, pipe);
    }

    /** @param opener opens the stream for the loops after the first; null if there is only one */
    public Feed feed(final FrameStream stream, final PlayedFeed.Opener opener, final long loops, final long frames) {
        return new PlayedFeed(stream, opener, task, loops, frames);
    }

    /**
     * @param answers  writes the answers; null to write none
     * @param observer called after each tick
     */
    public Session session(
        final RunOptions options, final Feed feed, final Engine engine, final References references, final Answers answers,
        final SessionObserver observer, final double seconds) {
        final Session session = new Session(description, feed, task, engine, threads, references, answers, observer,
            new FrameClock(description.scheduledNs(), options.idle()), seconds);
        if (options.audit() != null) {
            session.audit(audit(options, engine));
        }
        return session;
    }

    private Audit audit(final RunOptions options, final Engine engine) {
        final Audit audit = new Audit(engine, description.rule(), description.rate() / description.hold().ticks(), options.audit(),
            description.hold().ticks());
        audit.practise();
        return audit;
    }
}
