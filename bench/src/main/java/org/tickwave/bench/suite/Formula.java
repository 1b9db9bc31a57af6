package org.tickwave.bench.suite;

import java.util.Map;

/** Computes expressions of numbers and parameters with {@code +}, {@code *} and {@code /}, such as {@code 8*depth*width*width+4*width}. */
final class Formula {
    private static final String TOKENS = "(?=[*/])|(?<=[*/])";

    private Formula() {
    }

    /**
     * @param text empty for an unknown value
     * @return null if the text is empty
     * @throws IllegalArgumentException if the text names no parameter
     */
    static Double of(final String text, final Map<String, String> params) {
        if (text.isEmpty()) {
            return null;
        }
        double sum = 0;
        for (final String term : text.split("\\+", -1)) {
            double product = 1;
            boolean divide = false;
            for (final String token : term.split(TOKENS)) {
                if (token.equals("*") || token.equals("/")) {
                    divide = token.equals("/");
                } else {
                    final double factor = factor(token, params);
                    product = divide ? product / factor : product * factor;
                }
            }
            sum += product;
        }
        return sum;
    }

    private static double factor(final String token, final Map<String, String> params) {
        final String number = params.getOrDefault(token, token);
        try {
            return Double.parseDouble(number);
        } catch (final NumberFormatException e) {
            throw new IllegalArgumentException("'" + token + "': expected a number or one of " + params.keySet(), e);
        }
    }
}
