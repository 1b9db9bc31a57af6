package org.tickwave.bench.cli;

import com.google.gson.Gson;
import java.util.ArrayList;
import java.util.List;

/** The program of several commands, which run one after another in one JVM: to start a JVM costs more than most commands. */
final class InTurn {
    /** Stands between two commands. */
    static final String THEN = "--then";

    private InTurn() {
    }

    /** Prints a JSON array of what the commands printed and of their exit codes. */
    public static void main(final String[] args) {
        final List<Outcome> outcomes = new ArrayList<>();
        final List<String> command = new ArrayList<>();
        for (final String arg : args) {
            if (arg.equals(THEN)) {
                outcomes.add(Outcome.of(command.toArray(String[]::new)));
                command.clear();
            } else {
                command.add(arg);
            }
        }
        outcomes.add(Outcome.of(command.toArray(String[]::new)));
        System.out.print(new Gson().toJson(outcomes));
    }
}
