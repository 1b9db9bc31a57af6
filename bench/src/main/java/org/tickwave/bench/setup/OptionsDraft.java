package org.tickwave.bench.setup;

import java.util.List;
import org.tickwave.Activation;
import org.tickwave.Feedback;
import org.tickwave.Rule;
import org.tickwave.bench.answer.AnswerOptions;
import org.tickwave.bench.net.NetworkFile;
import org.tickwave.bench.report.Clock;
import org.tickwave.bench.session.Idle;
import org.tickwave.bench.stream.Format;
import org.tickwave.bench.table.TableOptions;

/**
 * The one way to make {@link RunOptions}: set the fields by their names, then {@link #make}. {@link RunOptions} says what each option
 * means. An option that is not set was not given, and the run has no pace.
 */
public class OptionsDraft {
    public String input;
    public Format format;
    public TableOptions table;
    public Integer context;
    public Float gain;
    public Long normalise;
    public Double fps;
    public Rule rule;
    public Integer hold;
    public List<Integer> layers;
    public Activation activation;
    public Float rate;
    public Long seed;
    public Integer lanes;
    public Long frames;
    public Double seconds;
    public long loop = 1;
    public Clock clock;
    public boolean compare;
    public boolean learn = true;
    public int threads;
    public Idle idle = Idle.PARK;
    public long jitterNs;
    public String load;
    public AnswerOptions answers;
    public String save;
    public boolean skipBad;
    public NetworkFile network;
    public Feedback feedback;
    public Long audit;
    public String auditOut;
    public KeepOptions keep;
    public String image;
    public Integer watch;

    /** Nothing is given. */
    public OptionsDraft() {
    }

    /** All options of a run, to change some of them. */
    public OptionsDraft(final RunOptions from) {
        input = from.input();
        format = from.format();
        table = from.table();
        context = from.context();
        gain = from.gain();
        normalise = from.normalise();
        fps = from.fps();
        rule = from.rule();
        hold = from.hold();
        layers = from.layers();
        activation = from.activation();
        rate = from.rate();
        seed = from.seed();
        lanes = from.lanes();
        frames = from.frames();
        seconds = from.seconds();
        loop = from.loop();
        clock = from.clock();
        compare = from.compare();
        learn = from.learn();
        threads = from.threads();
        idle = from.idle();
        jitterNs = from.jitterNs();
        load = from.load();
        answers = from.answers();
        save = from.save();
        skipBad = from.skipBad();
        network = from.network();
        feedback = from.feedback();
        audit = from.audit();
        auditOut = from.auditOut();
        keep = from.keep();
        image = from.image();
        watch = from.watch();
    }

    /** The options as they are set now. */
    public final RunOptions make() {
        return new RunOptions(
            input, format, table, context, gain, normalise, fps, rule, hold, layers, activation, rate, seed, lanes, frames, seconds, loop,
            clock, compare, learn, threads, idle, jitterNs, load, answers, save, skipBad, network, feedback, audit, auditOut, keep, image,
            watch);
    }
}
