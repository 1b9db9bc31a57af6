package org.tickwave.bench.suite;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tickwave.bench.forks.Combination;
import org.tickwave.bench.setup.RunFailure;

/**
 * What a suite measures. The entries stand in {@code NAME.csv} beside this class, a line each; a line may give several values to a
 * parameter, separated by {@code |}, and then stands for several entries. A parameter that begins with a colon is not given to JMH. {@code -t} is the number
 * of JMH's threads, {@code all} for as many as there are processors; formulas and axes know it as {@code threads}.
 *
 * @param name    {@code quick} or {@code full}
 * @param text    the lines, by which a suite is recognised when it goes on
 * @param entries in the order of the lines
 */
record Plan(String name, String text, Pace pace, List<Entry> entries) {
    private static final String HEAD = "group,role,series,benchmark,parameters,axis,mode,scale,bytes,madds";
    private static final String PACKAGE = "org.tickwave.bench.jmh.";
    private static final String THREADS = "threads";
    private static final String JMH_THREADS = "-t";
    private static final String ALL = "all";
    private static final Map<String, Pace> PACES = Map.of(
        "quick", new Pace(4, 6, 350, 3, 100, 1_900, 400_000), "full", new Pace(5, 5, 300, 5, 200, 2_000, 0));

    /**
     * @param processors entries with more threads than this are left out
     * @throws RunFailure if there is no suite with this name
     */
    static Plan named(final String name, final int processors) throws RunFailure {
        if (!PACES.containsKey(name)) {
            throw RunFailure.usage("--suite '" + name + "': expected quick or full");
        }
        try (InputStream in = Plan.class.getResourceAsStream(name + ".csv")) {
            return parse(name, new String(in.readAllBytes(), StandardCharsets.UTF_8), PACES.get(name), processors);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Plan parse(final String name, final String text, final Pace pace, final int processors) {
        final List<Entry> entries = new ArrayList<>();
        for (final String line : text.lines().filter(line -> !line.isBlank() && !line.startsWith("#") && !line.equals(HEAD)).toList()) {
            final String[] cells = line.split(",", -1);
            if (cells.length != HEAD.split(",").length) {
                throw new IllegalArgumentException(name + ".csv: '" + line + "': expected " + HEAD);
            }
            for (final Map<String, String> params : expanded(cells[4])) {
                params.computeIfPresent(JMH_THREADS, (option, threads) -> threads.equals(ALL) ? Integer.toString(processors) : threads);
                final Entry entry = entry(cells, params);
                if (Integer.parseInt(entry.params().getOrDefault(THREADS, "1")) <= processors) {
                    entries.add(entry);
                }
            }
        }
        return new Plan(name, text, pace, List.copyOf(entries));
    }

    private static List<Map<String, String>> expanded(final String parameters) {
        List<Map<String, String>> all = List.of(new LinkedHashMap<>());
        for (final String parameter : parameters.isEmpty() ? new String[0] : parameters.split(" ")) {
            final String[] parts = parameter.split("=", 2);
            final List<Map<String, String>> longer = new ArrayList<>();
            for (final Map<String, String> one : all) {
                for (final String value : parts[1].split("\\|")) {
                    final Map<String, String> more = new LinkedHashMap<>(one);
                    more.put(parts[0], value);
                    longer.add(more);
                }
            }
            all = longer;
        }
        return all;
    }

    private static Entry entry(final String[] cells, final Map<String, String> given) {
        final Map<String, String> ofJmh = new LinkedHashMap<>(given);
        ofJmh.keySet().removeIf(name -> name.startsWith(":") || name.equals(JMH_THREADS));
        final Map<String, String> params = new LinkedHashMap<>();
        given.forEach((name, value) -> params.put(name.equals(JMH_THREADS) ? THREADS : name.replaceFirst("^:", ""), value));
        final int threads = Integer.parseInt(given.getOrDefault(JMH_THREADS, "1"));
        final String axis = cells[5];
        return new Entry(
            cells[0], Role.parse(cells[1]), cells[2], new Entry.Measurement(Combination.of(PACKAGE + cells[3], ofJmh), cells[6], threads), params, axis,
            axis.isEmpty() ? 0 : Formula.of(axis, params), Formula.of(cells[7], params), Formula.of(cells[8], params), Formula.of(cells[9], params));
    }

    /** What each round measures, each once. What is compared with each other stands together. */
    List<Entry.Measurement> measurements() {
        final Map<String, List<Entry.Measurement>> places = new LinkedHashMap<>();
        entries.forEach(entry -> places.computeIfAbsent(entry.place(), place -> new ArrayList<>()).add(entry.what()));
        return places.values().stream().flatMap(List::stream).distinct().toList();
    }
}
