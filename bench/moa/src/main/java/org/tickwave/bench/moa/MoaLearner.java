package org.tickwave.bench.moa;

import com.yahoo.labs.samoa.instances.Instance;
import com.yahoo.labs.samoa.instances.InstancesHeader;
import moa.classifiers.Classifier;
import moa.core.Utils;
import org.tickwave.bench.rows.RowLearner;
import org.tickwave.bench.rows.RowTable;

/** A learner of MOA. Its rows are made before it begins, as a reader of files would make them. */
final class MoaLearner implements RowLearner {
    private final Classifier classifier;
    private final Instance[] rows;

    MoaLearner(final Classifier classifier, final RowTable table) {
        this.classifier = classifier;
        final InstancesHeader header = MoaRows.header(table);
        rows = MoaRows.rows(table, header);
        classifier.setModelContext(header);
        classifier.prepareForUse();
    }

    @Override
    public String settings() {
        return classifier.getCLICreationString(Classifier.class);
    }

    /** As MOA's evaluators do, takes the first label with the most votes; the first of all if there are no votes. */
    @Override
    public int answer(final int row) {
        return Utils.maxIndex(classifier.getVotesForInstance(rows[row]));
    }

    @Override
    public void learn(final int row) {
        classifier.trainOnInstance(rows[row]);
    }
}
