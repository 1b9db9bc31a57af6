package org.tickwave.bench.setup;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tickwave.bench.input.Input;
import org.tickwave.bench.keep.Archive;
import org.tickwave.bench.keep.Kept;
import org.tickwave.bench.report.RunDescription;
import org.tickwave.bench.scale.Normaliser;

/** All that decides the results of a run, in words. A run goes on only from a checkpoint of the same run. */
public final class RunIdentity implements Kept {
    /** Changes when the state of a run changes its form. */
    private static final int STATE_VERSION = 3;

    private final String file;
    private final Map<String, String> words = new LinkedHashMap<>();
    private String differs;

    /**
     * @param file  the checkpoint in messages
     * @param input null for the made stream
     */
    public RunIdentity(final String file, final RunPlan plan, final RunOptions options, final Input input) {
        this.file = file;
        final RunDescription run = plan.description();
        put("version of the state", STATE_VERSION);
        put("task", run.task());
        put("frames of", run.width() + " numbers");
        put("--normalise", run.normalise() == Normaliser.ALL_FRAMES ? "all" : run.normalise() == 0 ? "none" : run.normalise());
        put("--context", run.context());
        put("--gain", run.gain());
        put("input of", input == null ? "no file" : input.recordings() != null ? "recordings" : !run.columns().isEmpty() ? "rows" : "frames");
        put("--format", options.format() == null ? "none" : options.format().numbers());
        put("--columns", run.columns());
        put("--label", run.labelColumn());
        put("labels", run.labels());
        put("network", run.network());
        put("description of the network", run.graph() == null ? "none" : run.graph().toJson());
        put("activations", run.activationNames());
        put("--feedback", run.feedback());
        put("--rule", run.rule());
        put("--hold", run.hold().ticks());
        put("--rate", run.rate());
        put("--seed", run.seed());
        put("--loop", options.loop());
        put("--compare", run.compare());
        put("learning", run.learn());
        put("--audit", options.audit() == null ? "none" : options.audit());
        put("live pipe", run.live() && input != null && !input.regularFile() ? run.clock() : "none");
        put("--answer-from", options.answers() == null ? "no answers" : options.answers().from());
        put("--answers-format", options.answers() == null ? "no answers" : options.answers().format());
    }

    private void put(final String what, final Object value) {
        words.put(what, value instanceof final List<?> list ? list.toString() : String.valueOf(value));
    }

    @Override
    public void keep(final Archive archive) {
        final int count = archive.of(words.size());
        if (count != words.size()) {
            differs = "was written by another version of tickwave: expected this version";
            return;
        }
        for (final Map.Entry<String, String> entry : words.entrySet()) {
            archive.section(entry.getKey());
            final String before = archive.text(entry.getValue());
            if (differs == null && !before.equals(entry.getValue())) {
                differs = "is of a run with " + entry.getKey() + ' ' + before + ": expected " + entry.getKey() + ' ' + entry.getValue() + ", as this run has";
            }
        }
    }

    /** Refuses another run. Called after {@link #keep} has read. */
    public void expectSame() throws RunFailure {
        if (differs != null) {
            throw RunFailure.usage("--checkpoint " + file + ": " + differs);
        }
    }
}
