package org.tickwave.bench.budget;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.tickwave.Rule;
import org.tickwave.bench.budget.BudgetReport.Model;
import org.tickwave.bench.budget.BudgetReport.Timed;

/** The times of a tick of any network: as measured, or by a model that was fitted to what was measured. */
final class Predictor {
    /**
     * @param threads      of the engine
     * @param times        of a tick
     * @param measured     whether this network was measured
     * @param extrapolated whether the network has more weights or layers than every network that was measured
     */
    record Prediction(int threads, Times times, boolean measured, boolean extrapolated) {
    }

    /** A model of the chains under one rule. */
    private record Fitted(List<Measured> measured, TickModel model, Tail p99, Tail p9999, double[] heldBackNs) {
    }

    private final List<Measured> measured;
    private final int requestedThreads;
    private final Map<Rule, Fitted> fitted = new LinkedHashMap<>();
    private final Map<String, Prediction> known = new HashMap<>();

    /**
     * @param measured         chains, or one network from a file under several rules
     * @param requestedThreads of an engine; 0 for as many as the engine suggests
     */
    Predictor(final List<Measured> measured, final int requestedThreads) {
        this.measured = measured;
        this.requestedThreads = requestedThreads;
        for (final Measured of : measured) {
            known.put(key(of.subject(), of.rule()), new Prediction(of.threads(), of.times(), true, false));
            if (of.subject().depth() != null && !fitted.containsKey(of.rule())) {
                fitted.put(of.rule(), fit(measured.stream().filter(other -> other.rule().equals(of.rule())).toList()));
            }
        }
    }

    private static Fitted fit(final List<Measured> measured) {
        final List<Observation> observations = measured.stream().map(Measured::observation).toList();
        return new Fitted(measured, TickModel.fit(observations), Tail.fit(observations, Times::p99Ns), Tail.fit(observations, Times::p9999Ns),
            TickModel.heldBackNs(observations));
    }

    private static String key(final Subject subject, final Rule rule) {
        return rule + " " + subject.name();
    }

    Prediction at(final Subject subject, final Rule rule) {
        return known.computeIfAbsent(key(subject, rule), _ -> predict(subject, rule));
    }

    private Prediction predict(final Subject subject, final Rule rule) {
        final Fitted by = fitted.get(rule);
        final int threads = Driven.threads(subject, requestedThreads);
        final double p50Ns = by.model.tickNs(Work.of(subject.depth(), subject.width(), threads));
        final boolean extrapolated = by.measured.stream().allMatch(of -> of.subject().weights() < subject.weights())
            || by.measured.stream().allMatch(of -> of.subject().depth() < subject.depth());
        return new Prediction(threads, new Times(p50Ns, by.p99.ns(p50Ns), Math.max(by.p99.ns(p50Ns), by.p9999.ns(p50Ns))), false, extrapolated);
    }

    /** What was measured, beside what the model says if it does not know this network. */
    List<Timed> timed() {
        return measured.stream().map(of -> {
            final Fitted by = fitted.get(of.rule());
            final double heldBackNs = by == null ? Double.NaN : by.heldBackNs[by.measured.indexOf(of)];
            return new Timed(of.subject().name(), of.subject().depth(), of.subject().width(), of.rule().toString(), of.threads(),
                of.subject().weights(), of.ticks(), of.times().p50Ns(), of.times().p99Ns(), of.times().p9999Ns(), heldBackNs,
                Math.abs(heldBackNs / of.times().p50Ns() - 1));
        }).toList();
    }

    List<Model> models() {
        return fitted.entrySet().stream().map(entry -> {
            final Fitted by = entry.getValue();
            final double[] errors = IntStream.range(0, by.heldBackNs.length)
                .mapToDouble(i -> Math.abs(by.heldBackNs[i] / by.measured.get(i).times().p50Ns() - 1)).sorted().toArray();
            return new Model(entry.getKey().toString(), errors.length, by.model.baseNs(), by.model.handshakeNs(), by.model.layerNs(),
                by.model.numberNs(), by.model.multiplyAddNs(), by.model.knees(), median(errors), Arrays.stream(errors).max().orElse(Double.NaN));
        }).toList();
    }

    private static double median(final double[] sorted) {
        final int n = sorted.length;
        return n == 0 ? Double.NaN : n % 2 == 1 ? sorted[n / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2;
    }
}
