package org.tickwave.bench.doctor;

import java.util.List;
import java.util.Map;

/** What {@code doctor --json} prints of machines that are made up, for tests in other packages. */
public final class EveryFinding {
    private EveryFinding() {
    }

    /** Of a machine that says all there is to say, and has something to change. */
    public static String json() {
        final Jdk jdk = MadeFindings.jdk(Map.of(), "-XX:-UseFMA");
        final Findings findings = MadeFindings.with(jdk).advised();
        if (findings.advice().isEmpty() || findings.jdk().slowing().isEmpty() || findings.jdk().ours().isEmpty()) {
            throw new AssertionError("expected a machine that has something of every kind: " + findings);
        }
        return Doctor.json(findings);
    }

    /** Of a machine that says nothing, and has one processor. */
    public static String jsonOfOneThatSaysNothing() {
        final Findings silent = MadeFindings.silent();
        if (!silent.advice().equals(List.of())) {
            throw new AssertionError("expected no advice: " + silent);
        }
        return Doctor.json(silent);
    }
}
