package org.tickwave.bench.setup;

import java.util.List;
import org.tickwave.Activation;
import org.tickwave.Rule;
import org.tickwave.bench.answer.AnswerOptions;
import org.tickwave.bench.report.Clock;
import org.tickwave.bench.net.NetworkFile;
import org.tickwave.bench.session.Idle;
import org.tickwave.bench.stream.Format;
import org.tickwave.bench.table.TableOptions;

/** Options of a run for tests: what a test does not set has the command line's default, but for one thread and no pace. */
public final class MadeOptions {
    public String input;
    public Format format;
    public TableOptions table;
    public Integer context;
    public Float gain;
    public Long normalise;
    public Double fps;
    public Rule rule = Rule.aligned();
    public Integer hold;
    public List<Integer> layers;
    public Activation activation;
    public Float rate;
    public Long seed;
    public Long frames;
    public Clock clock;
    public boolean compare;
    public boolean learn = true;
    public int threads = 1;
    public Idle idle = Idle.PARK;
    public long jitterNs;
    public String load;
    public AnswerOptions answers;
    public String save;
    public NetworkFile network;
    public Long audit;
    public String auditOut;
    public KeepOptions keep;
    public String image;
    public Integer watch;

    public RunOptions make() {
        return new RunOptions(input, format, table, context, gain, normalise, fps, rule, hold, layers, activation, rate, seed, null, frames, null, 1,
            clock, compare, learn, threads, idle, jitterNs, load, answers, save, false, network, null, audit, auditOut, keep, image, watch);
    }

    /** With the defaults that a run adds. */
    public RunOptions settled() {
        return make().settled();
    }
}
