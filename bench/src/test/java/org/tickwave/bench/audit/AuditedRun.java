package org.tickwave.bench.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BiConsumer;
import org.tickwave.Context;
import org.tickwave.Engine;
import org.tickwave.Network;
import org.tickwave.Rule;
import org.tickwave.bench.net.RandomNetworks;

/** Audits an engine on random frames, without a session and without another thread. */
final class AuditedRun {
    final Network network;
    final Rule rule;
    final int hold;
    final float rate;
    final Ages ages;
    final AuditCopy copy;
    final Auditor auditor;
    final Targets targets;
    /** How many frames of a thousand have a target. */
    int taught = 1_000;
    /** The results of all audits. */
    final List<Samples.Sample> samples = new ArrayList<>();

    AuditedRun(final Network network, final Rule rule, final int hold, final float rate) {
        this.network = network;
        this.rule = rule;
        this.hold = hold;
        this.rate = rate;
        ages = new Ages(network, rule);
        copy = new AuditCopy(network, ages);
        auditor = new Auditor(network, ages, rate / hold);
        targets = new Targets(ages.oldestFrameAge(), network.targetWidth());
    }

    Engine open(final long seed) {
        return Engine.open(network, new Context().rule(rule).hold(hold).rate(rate).seed(seed).history(ages.history()));
    }

    /**
     * Audits after each frame.
     *
     * @param each called after each audit
     */
    AuditedRun run(final long seed, final int frames, final BiConsumer<Engine, float[][]> each) {
        final Random random = new Random(seed);
        try (Engine engine = open(seed)) {
            for (int f = 1; f <= frames; f++) {
                frame(engine, random);
                for (int k = 0; k < hold; k++) {
                    engine.tick();
                }
                copy.take(engine, targets, f);
                final float[][] found = auditor.audit(copy);
                samples.add(new Samples.Sample(f, found));
                each.accept(engine, found);
            }
        }
        return this;
    }

    /** Gives the engine a random frame. */
    void frame(final Engine engine, final Random random) {
        final float[] target = random.nextInt(1_000) < taught ? RandomNetworks.targets(random, network) : null;
        engine.input(RandomNetworks.numbers(random, network.frameWidth()));
        if (target != null) {
            engine.target(target);
        }
        targets.fed(engine.ticks(), target);
    }

    AuditedRun run(final long seed, final int frames) {
        return run(seed, frames, (engine, found) -> { });
    }

    AuditReport.Projection projection(final int k) {
        return AuditReport.Projection.of(network.name(network.from(k)), network.name(network.to(k)), k, samples);
    }
}
