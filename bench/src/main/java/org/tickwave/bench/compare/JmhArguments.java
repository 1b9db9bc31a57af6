package org.tickwave.bench.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tickwave.bench.forks.Combination;
import org.tickwave.bench.setup.RunFailure;

/**
 * JMH's arguments, taken apart: some choose the benchmarks, one is the number of forks, and all others go to every fork unchanged.
 *
 * @param forks  forks of each side
 * @param choice regular expressions, and the options {@code -p} and {@code -e}
 * @param others all other options
 */
record JmhArguments(int forks, List<String> choice, List<String> others) {
    /** The smallest number of forks whose interval leaves out a disturbed fork at each end. */
    static final int FORKS = 8;
    private static final int MOST_FORKS = 1000;

    private static final Set<String> CHOOSING = Set.of("p", "e");
    private static final Set<String> WITH_VALUE = Set.of("i", "bs", "r", "wi", "wbs", "w", "to", "t", "bm", "si", "gc", "foe", "v", "f", "wf",
        "prof", "tg", "jvm", "jvmArgs", "jvmArgsAppend", "jvmArgsPrepend", "tu", "opi", "wm", "e", "p", "wmb");
    private static final String RESULTS = "the comparison collects the results itself (--json prints all of them)";
    private static final String LISTS = "expected without --compare, since it runs no benchmark";
    private static final Map<String, String> REFUSED = Map.of(
        "rf", RESULTS, "rff", RESULTS, "o", RESULTS, "l", LISTS, "lp", LISTS, "lrf", LISTS, "lprof", LISTS, "h", LISTS);

    /** @param arguments arguments that JMH accepts */
    static JmhArguments of(final List<String> arguments) throws RunFailure {
        final List<String> forks = new ArrayList<>();
        final List<String> choice = new ArrayList<>();
        final List<String> others = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            final String argument = arguments.get(i);
            if (!argument.startsWith("-") || argument.length() == 1) {
                choice.add(argument);
                continue;
            }
            final Option option = Option.of(argument);
            final List<String> to = option.name.equals("f") ? forks : CHOOSING.contains(option.name) ? choice : others;
            String value = option.value;
            if (value == null) {
                i++;
                value = i < arguments.size() ? arguments.get(i) : "";
            }
            to.addAll(List.of("-" + option.name, value));
        }
        return new JmhArguments(number(forks), List.copyOf(choice), List.copyOf(others));
    }

    private static int number(final List<String> forks) throws RunFailure {
        if (forks.isEmpty()) {
            return FORKS;
        }
        final String text = forks.getLast();
        final int number = text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : 0;
        if (forks.size() > 2 || number < 1 || number > MOST_FORKS) {
            throw RunFailure.usage("-f " + text + ": expected once, and 1 to " + MOST_FORKS + " forks of each side");
        }
        return number;
    }

    /** The arguments of one fork that writes its results to a file. */
    List<String> ofFork(final Combination combination, final String file) {
        final List<String> all = new ArrayList<>(combination.arguments());
        all.addAll(others);
        if (!others.contains("-foe")) {
            all.addAll(List.of("-foe", "true"));
        }
        all.addAll(List.of("-f", "1", "-rf", "json", "-rff", file));
        return all;
    }

    /** The arguments that list benchmarks and parameters. */
    List<String> ofList() {
        final List<String> all = new ArrayList<>(choice);
        all.add("-lp");
        return all;
    }

    /** The arguments that list the same benchmarks, but each parameter with the values that the benchmark gives it. */
    List<String> ofDefaults() {
        final List<String> all = ofList();
        for (int i = all.indexOf("-p"); i >= 0; i = all.indexOf("-p")) {
            all.subList(i, i + 2).clear();
        }
        return all;
    }

    /** An option in one of the forms that JMH accepts: {@code -i 5}, {@code -i=5}, {@code -i5} and {@code --i 5}. */
    private record Option(String name, String value) {
        static Option of(final String argument) throws RunFailure {
            final String body = argument.replaceFirst("^--?", "");
            final int equals = body.indexOf('=');
            final String name = equals < 0 ? body : body.substring(0, equals);
            if (REFUSED.containsKey(name)) {
                throw refused(name);
            }
            if (WITH_VALUE.contains(name)) {
                return new Option(name, equals < 0 ? null : body.substring(equals + 1));
            }
            final String first = body.substring(0, Math.min(1, body.length()));
            if (!argument.startsWith("--") && REFUSED.containsKey(first)) {
                throw refused(first);
            }
            if (!argument.startsWith("--") && WITH_VALUE.contains(first)) {
                return new Option(first, body.substring(1));
            }
            throw RunFailure.usage("'" + argument + "': expected an option of JMH with its full name");
        }

        private static RunFailure refused(final String name) {
            return RunFailure.usage("-" + name + ": not together with --compare: " + REFUSED.get(name));
        }
    }
}
