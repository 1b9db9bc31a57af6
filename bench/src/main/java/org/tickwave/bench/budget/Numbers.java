package org.tickwave.bench.budget;

import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tickwave.bench.stream.Printable;

/** A list of whole numbers and ranges, such as {@code 2..16,24}. */
public final class Numbers {
    private static final Pattern PART = Pattern.compile("([0-9]{1,9})(?:\\.\\.([0-9]{1,9}))?");
    private static final int MOST = 64;

    private Numbers() {
    }

    /**
     * Parses a list. A range stands for its ends and for all powers of two and their triples in between, such as 2, 3, 4, 6, 8, 12
     * and 16 for {@code 2..16}.
     *
     * @return rising numbers, each once
     * @throws IllegalArgumentException if the text is no such list, if a number is below 1 or above {@code most}, or if there are
     *                                  more than 64 numbers
     */
    public static List<Integer> parse(final String text, final int most) {
        final TreeSet<Integer> numbers = new TreeSet<>();
        Arrays.stream(text.split(",", -1)).forEach(part -> add(numbers, text, part, most));
        if (numbers.size() > MOST) {
            throw refuse(text, numbers.size() + " numbers, expected at most " + MOST);
        }
        return List.copyOf(numbers);
    }

    private static void add(final TreeSet<Integer> numbers, final String text, final String part, final int most) {
        final Matcher matcher = PART.matcher(part);
        if (!matcher.matches()) {
            throw refuse(text, "expected whole numbers or ranges, such as 4,10 or 2..64");
        }
        final int first = Integer.parseInt(matcher.group(1));
        final int last = matcher.group(2) == null ? first : Integer.parseInt(matcher.group(2));
        if (first < 1 || last > most) {
            throw refuse(text, "expected numbers from 1 to " + most);
        }
        if (first > last) {
            throw refuse(text, "expected a range that rises, such as " + last + ".." + first);
        }
        numbers.add(first);
        numbers.add(last);
        for (int power = 1; power < last; power *= 2) {
            for (final int between : new int[] {power, 3 * power}) {
                if (between > first && between < last) {
                    numbers.add(between);
                }
            }
        }
    }

    private static IllegalArgumentException refuse(final String text, final String why) {
        return new IllegalArgumentException("'" + Printable.text(text) + "': " + why);
    }
}
