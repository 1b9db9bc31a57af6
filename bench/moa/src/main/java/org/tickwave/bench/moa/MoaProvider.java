package org.tickwave.bench.moa;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Properties;
import java.util.function.Supplier;
import moa.classifiers.Classifier;
import moa.classifiers.functions.Perceptron;
import moa.classifiers.meta.AdaptiveRandomForest;
import moa.classifiers.trees.HoeffdingTree;
import org.tickwave.bench.rows.Learner;
import org.tickwave.bench.rows.Provider;
import org.tickwave.bench.rows.Role;
import org.tickwave.bench.rows.RowTable;

/** Brings learners and tables of MOA. All options of a learner are MOA's defaults; each learner has one thread. */
public final class MoaProvider implements Provider {
    private static final String VERSION = "version.properties";

    private final String source = "MOA " + version();

    private static String version() {
        final Properties properties = new Properties();
        try (InputStream in = MoaProvider.class.getResourceAsStream(VERSION)) {
            properties.load(in);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("moa");
    }

    @Override
    public List<Learner> learners() {
        return List.of(learner("Hoeffding tree", HoeffdingTree::new), learner("adaptive random forest", AdaptiveRandomForest::new),
            learner("perceptron", Perceptron::new));
    }

    private Learner learner(final String name, final Supplier<Classifier> maker) {
        return Learner.rowByRow(name, source, Role.PEER, table -> new MoaLearner(maker.get(), table));
    }

    @Override
    public List<RowTable> tables(final int rows) {
        return MadeTables.all(rows);
    }
}
