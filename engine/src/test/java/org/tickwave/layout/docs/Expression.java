package org.tickwave.layout.docs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * A formula in the notation of the documents: {@code 64 + 4 padded(n(l))}, {@code max(2, p(l+1) + 2)}, {@code 2(L-l) + 1},
 * {@code t mod slots}. Numbers side by side are multiplied.
 */
final class Expression {
    /** The values of the names in a formula. */
    static final class Scope {
        private final Map<String, Double> values = new HashMap<>();
        private final Map<String, ToDoubleFunction<double[]>> functions = new HashMap<>();
        private final Scope parent;

        Scope() {
            parent = null;
            functions.put("max", a -> Arrays.stream(a).max().orElseThrow());
            functions.put("min", a -> Arrays.stream(a).min().orElseThrow());
            functions.put("ceil", a -> Math.ceil(a[0]));
            functions.put("floor", a -> Math.floor(a[0]));
        }

        Scope(final Scope parent) {
            this.parent = parent;
        }

        private Double value(final String name) {
            final Double value = values.get(name);
            return value != null || parent == null ? value : parent.value(name);
        }

        private ToDoubleFunction<double[]> function(final String name) {
            final ToDoubleFunction<double[]> function = functions.get(name);
            return function != null || parent == null ? function : parent.function(name);
        }

        Scope value(final String name, final double value) {
            values.put(name, value);
            return this;
        }

        Scope function(final String name, final ToDoubleFunction<double[]> function) {
            functions.put(name, function);
            return this;
        }
    }

    private final String text;
    private int at;
    private Scope scope;

    private Expression(final String text) {
        this.text = text;
    }

    /** @throws IllegalArgumentException if the text is not a formula, uses a name that is not in scope, or has no whole value */
    static long evaluate(final String formula, final Scope scope) {
        final double value = real(formula, scope);
        if (value != Math.rint(value)) {
            throw new IllegalArgumentException(formula + " is " + value + ", not a whole number");
        }
        return (long) value;
    }

    static double real(final String formula, final Scope scope) {
        final Expression expression = new Expression(formula);
        expression.scope = scope;
        final double value = expression.sum();
        expression.skipSpace();
        if (expression.at < formula.length()) {
            throw expression.unexpected();
        }
        return value;
    }

    private double sum() {
        double value = product();
        while (true) {
            if (take('+')) {
                value += product();
            } else if (take('-')) {
                value -= product();
            } else {
                return value;
            }
        }
    }

    private double product() {
        double value = factor();
        while (true) {
            if (take('*')) {
                value *= factor();
            } else if (take('/')) {
                value /= factor();
            } else if (takeMod()) {
                final double by = factor();
                value -= by * Math.floor(value / by);
            } else if (peek() == '(' || Character.isLetterOrDigit(peek())) {
                value *= factor();
            } else {
                return value;
            }
        }
    }

    private double factor() {
        if (take('(')) {
            final double value = sum();
            close();
            return value;
        }
        if (Character.isDigit(peek())) {
            final int from = at;
            while (at < text.length() && Character.isDigit(text.charAt(at))) {
                at++;
            }
            return Double.parseDouble(text.substring(from, at));
        }
        final String name = name();
        if (name.isEmpty()) {
            throw unexpected();
        }
        if (at < text.length() && text.charAt(at) == '(') {
            return call(name);
        }
        final Double value = scope.value(name);
        if (value == null) {
            throw new IllegalArgumentException(text + ": unknown name " + name);
        }
        return value;
    }

    private double call(final String name) {
        take('(');
        final List<Double> arguments = new ArrayList<>();
        do {
            arguments.add(sum());
        } while (take(','));
        close();
        final ToDoubleFunction<double[]> function = scope.function(name);
        if (function == null) {
            throw new IllegalArgumentException(text + ": unknown function " + name);
        }
        return function.applyAsDouble(arguments.stream().mapToDouble(Double::doubleValue).toArray());
    }

    private String name() {
        skipSpace();
        final int from = at;
        while (at < text.length() && Character.isLetter(text.charAt(at))) {
            at++;
        }
        return text.substring(from, at);
    }

    private boolean takeMod() {
        skipSpace();
        if (text.startsWith("mod ", at)) {
            at += 3;
            return true;
        }
        return false;
    }

    private void close() {
        if (!take(')')) {
            throw unexpected();
        }
    }

    private boolean take(final char c) {
        if (peek() == c) {
            at++;
            return true;
        }
        return false;
    }

    private char peek() {
        skipSpace();
        return at < text.length() ? text.charAt(at) : '\0';
    }

    private void skipSpace() {
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
    }

    private IllegalArgumentException unexpected() {
        return new IllegalArgumentException(text + ": not understood from character " + at + " on");
    }
}
