package org.tickwave.bench.forks;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A benchmark and a value for each of its parameters.
 *
 * @param benchmark full name of the benchmark's method
 * @param params    the parameters, sorted by name
 */
public record Combination(String benchmark, List<Param> params) {
    private static final Pattern PARAM = Pattern.compile(" +param \"(.*)\" = \\{(.*)}");
    private static final String NAME = "[\\w$.]+\\.[\\w$]+";

    /** A parameter and its value. */
    public record Param(String name, String value) {
        @Override
        public String toString() {
            return name + "=" + value;
        }
    }

    public static Combination of(final String benchmark, final Map<String, String> params) {
        return new Combination(benchmark, new TreeMap<>(params).entrySet().stream()
            .map(param -> new Param(param.getKey(), param.getValue())).toList());
    }

    /** Reads what JMH prints for {@code -lp}. A benchmark with several modes is listed several times. */
    public static List<Combination> listed(final String text) {
        final List<Combination> all = new ArrayList<>();
        List<Combination> ofOne = List.of();
        for (final String line : text.lines().toList()) {
            final Matcher param = PARAM.matcher(line);
            if (param.matches()) {
                ofOne = ofOne.stream().flatMap(one -> List.of(param.group(2).split(", ", -1)).stream()
                    .map(value -> one.with(param.group(1), value))).toList();
            } else if (line.matches(NAME)) {
                all.addAll(ofOne);
                ofOne = List.of(new Combination(line, List.of()));
            }
        }
        all.addAll(ofOne);
        return all.stream().distinct().toList();
    }

    private Combination with(final String name, final String value) {
        return with(List.of(new Param(name, value)));
    }

    /** This combination with further parameters. */
    public Combination with(final List<Param> further) {
        final Map<String, String> more = new TreeMap<>();
        params.forEach(param -> more.put(param.name(), param.value()));
        further.forEach(param -> more.put(param.name(), param.value()));
        return of(benchmark, more);
    }

    /** The names of the parameters, sorted. */
    public List<String> names() {
        return params.stream().map(Param::name).toList();
    }

    /** The arguments that let JMH run this combination and no other. */
    public List<String> arguments() {
        final List<String> arguments = new ArrayList<>(List.of("^" + Pattern.quote(benchmark) + "$"));
        params.forEach(param -> arguments.addAll(List.of("-p", param.toString())));
        return arguments;
    }

    /** The name of the class and the method, and the parameters. */
    @Override
    public String toString() {
        final String[] names = benchmark.split("\\.");
        return names[names.length - 2] + "." + names[names.length - 1]
            + params.stream().map(param -> " " + param).collect(Collectors.joining());
    }
}
