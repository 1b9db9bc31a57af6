package org.tickwave.bench.rows;

import java.util.ArrayList;
import java.util.List;
import org.tickwave.bench.score.Models;
import org.tickwave.bench.session.References;
import org.tickwave.bench.setup.OptionsDraft;
import org.tickwave.bench.setup.RunOptions;

/** The learners of this project: the engine, the references of {@code run --compare}, and the baselines. */
final class OwnLearners {
    static final String SOURCE = "tickwave";
    static final String ENGINE = "tickwave";
    static final String BACKPROP = "sequential backprop";
    static final String LAST_LABEL = "last label";
    static final String COMMONEST_LABEL = "commonest label";

    private OwnLearners() {
    }

    static List<Learner> all() {
        final List<Learner> all = new ArrayList<>();
        all.add(new Learner(ENGINE, SOURCE, Role.OURS, EnginePass::new));
        all.add(new Learner(BACKPROP, SOURCE, Role.PEER, table -> new RowByRow(table, new BackpropLearner(table, network -> network, 1))));
        for (int model = Models.LINEAR; model < Models.count(true); model++) {
            final float times = Models.linearRate(model);
            all.add(new Learner(linear(times), SOURCE, Role.PEER,
                table -> new RowByRow(table, new BackpropLearner(table, References::linear, times))));
        }
        all.add(Learner.rowByRow(LAST_LABEL, SOURCE, Role.BASELINE, LastLabel::new));
        all.add(Learner.rowByRow(COMMONEST_LABEL, SOURCE, Role.BASELINE, CommonestLabel::new));
        return all;
    }

    private static String linear(final float times) {
        return "no hidden layer, " + (times < 1 ? "a tenth of the rate" : times > 1 ? "ten times the rate" : "same rate");
    }

    /** The options of {@code run} if none is given. */
    static RunOptions options() {
        return new OptionsDraft().make().settled();
    }
}
