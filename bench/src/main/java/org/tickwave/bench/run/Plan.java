package org.tickwave.bench.run;

import java.util.List;
import org.tickwave.Context;
import org.tickwave.Engine;
import org.tickwave.Network;
import org.tickwave.Rule;
import org.tickwave.bench.model.Model;
import org.tickwave.bench.model.Weights;
import org.tickwave.bench.report.Setup;
import org.tickwave.bench.report.Threads;
import org.tickwave.bench.report.Units;
import org.tickwave.bench.stream.ChangeTask;
import org.tickwave.bench.stream.ClassifyTask;
import org.tickwave.bench.stream.Features;
import org.tickwave.bench.stream.Input;
import org.tickwave.bench.stream.NormalisedSource;
import org.tickwave.bench.stream.Normaliser;
import org.tickwave.bench.stream.PipeReader;
import org.tickwave.bench.stream.Source;
import org.tickwave.bench.stream.Task;
import org.tickwave.kernel.Lanes;

/**
 * What settings come to with a stream: a network that fits it, and how to run that.
 *
 * @param context    of the engine
 * @param threads    that it will have besides the one that ticks
 * @param features   of the source; null where its frames are fed as they are
 * @param normaliser of all sources of this stream, however often it is opened; null without features
 */
record Plan(
    Setup setup, Task task, Context context, EngineThreads threads, Features features, Normaliser normaliser) {
    private static final long MADE_FRAMES = 4_800;
    private static final int WIDEST_INPUT = 1 << 20;
    /** Bands take the time of every so many ticks. */
    private static final int SAMPLE_TICKS = 16;

    /** Of a network that begins anew. */
    static Plan of(final Settings settings, final Source source) throws RunFailure {
        return of(settings, source, null);
    }

    /**
     * @param settings settled
     * @param source   only looked at: what it gives is read by {@link #feed}
     * @param loading  what the network begins with; null to begin anew
     */
    static Plan of(final Settings settings, final Source source, final Loading loading) throws RunFailure {
        if (loading != null) {
            loading.expectFit(source);
        }
        final Defaults defaults = Defaults.of(source);
        final Task task = task(settings, source, defaults);
        final int frames = task.inputWidth() / source.width();
        final float gain = source.labels().isEmpty() ? given(settings.gain(), defaults.gain()) : 1;
        final float rate = given(settings.rate(), defaults.rate());
        final Network network = loading != null ? loading.network() : network(settings, task, defaults);
        final int hold = hold(settings, network);
        final EngineThreads threads = new EngineThreads();
        final Context context = new Context().rule(settings.rule()).hold(hold).rate(rate)
            .seed(settings.seed()).learning(settings.learn()).warmUp(true).threadFactory(threads).sampleEvery(SAMPLE_TICKS);
        if (settings.idle().strategy() != null) {
            context.idleStrategy(settings.idle().strategy());
        }
        final double fps = given(settings.fps(), source.framesPerSecond());
        final double budgetNs = 1e9 / (fps * hold);
        try {
            final Threads count = ThreadChoice.of(settings, budgetNs, network, context);
            context.threads(count.count());
            final Setup setup = new Setup(source.name(), task.name(), source.labels(), source.width(), fps, budgetNs, network,
                settings.rule(), hold, rate, frames, gain, settings.seed(), Lanes.LANES * Float.SIZE,
                Engine.imageBytes(network, context), settings.live(), settings.compare(), settings.learn(), count);
            return new Plan(setup, task, context, threads, source.features(),
                loading != null ? loading.normaliser(!settings.learn()) : normaliser(source));
        } catch (final IllegalArgumentException e) {
            // The network has been checked; with it the rule is.
            throw RunFailure.usage("--rule " + e.getMessage());
        }
    }

    private static <T> T given(final T option, final T otherwise) {
        return option != null ? option : otherwise;
    }

    private static Task task(final Settings settings, final Source source, final Defaults defaults) throws RunFailure {
        final int frames = given(settings.context(), defaults.context());
        if ((long) frames * source.width() > WIDEST_INPUT) {
            throw RunFailure.failed("--context " + frames + ": with frames of " + source.width() + " numbers an input would have "
                + (long) frames * source.width() + "; expected at most " + WIDEST_INPUT);
        }
        if (source.labels().isEmpty()) {
            return new ChangeTask(source.width(), frames, given(settings.gain(), defaults.gain()));
        }
        if (settings.gain() != null) {
            throw RunFailure.usage("--gain " + Units.number(settings.gain()) + ": " + source.name()
                + " has labelled recordings; expected none, since there are no changes to multiply");
        }
        return new ClassifyTask(source.width(), frames, source.labels().size());
    }

    private static Normaliser normaliser(final Source source) {
        return source.features() == null ? null : new Normaliser(Normaliser.State.none(source.width()), false);
    }

    private static Network network(final Settings settings, final Task task, final Defaults defaults) throws RunFailure {
        final List<Integer> hidden = given(settings.layers(), defaults.layers());
        final int[] widths = new int[hidden.size() + 2];
        widths[0] = task.inputWidth();
        for (int l = 0; l < hidden.size(); l++) {
            widths[l + 1] = hidden.get(l);
        }
        widths[widths.length - 1] = task.targetWidth();
        try {
            return Network.chain(widths).activation(settings.activation()).loss(task.loss()).build();
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

    /** What this came to. */
    Model model(final Weights weights) {
        return new Model(setup.network(), setup.task(), setup.labels(), setup.context(), setup.gain(), setup.seed(), features,
            normaliser == null ? null : normaliser.state(), weights);
    }

    /** @param input null for the made stream, which source is then */
    Feed feed(final Settings settings, final Input input, final Source source) {
        final long frames = settings.frames() != null ? settings.frames()
            : input == null && settings.seconds() == null ? MADE_FRAMES : Long.MAX_VALUE;
        if (input != null && settings.live() && !input.regularFile()) {
            return new LiveFeed(PipeReader.start(normalised(source), frames), source.width(), task, frames);
        }
        return feed(source, input == null ? null : input::open, input == null ? 1 : settings.loop(), frames);
    }

    /** @param opener for the loops after the first */
    Feed feed(final Source source, final PlayedFeed.Opener opener, final long loops, final long frames) {
        return new PlayedFeed(normalised(source), opener == null ? null : () -> normalised(opener.open()), task, loops, frames);
    }

    private Source normalised(final Source source) {
        return normaliser == null ? source : new NormalisedSource(source, normaliser);
    }

    /** @param progress who looks on, or null */
    Session session(
        final Settings settings, final Feed feed, final Engine engine, final Backprop backprop, final Progress progress,
        final double seconds) {
        return new Session(setup, feed, task, engine, threads, backprop, progress == null ? Watch.NOTHING : progress,
            new FrameClock(setup.budgetNs(), settings.idle()), seconds);
    }
}
