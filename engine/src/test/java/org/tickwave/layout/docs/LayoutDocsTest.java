package org.tickwave.layout.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.tickwave.layout.docs.Document.Cell;
import org.tickwave.layout.docs.Document.Drawing;
import org.tickwave.layout.docs.Document.Row;

/** native-layout-docs against the descriptors. If any number there changes, a check notices. */
@Execution(ExecutionMode.CONCURRENT)
class LayoutDocsTest {
    private static final List<String> FILES =
        List.of("README.md", "header.md", "rings.md", "settings.md", "weights.md", "feedback.md", "footprint.md", "checkpoint.md", "image-file.md",
            "memory-model.md");
    private static final Pattern NUMBER = Pattern.compile("[0-9]+(,[0-9]{3})*");

    /** Checks everything. The faults are in the problems of the result. */
    private static Docs checked(final Docs docs) {
        final Formulas formulas = new Formulas(docs);
        final List<Docs.Problem> brokenOff = new ArrayList<>();
        for (final String file : FILES) {
            try {
                check(file, docs, formulas);
            } catch (final RuntimeException | LinkageError | AssertionError e) {
                brokenOff.add(new Docs.Problem(file, 1, "its check broke off, for what is named above or for " + e));
            }
        }
        ReadmeChecks.names(docs);
        if (brokenOff.isEmpty()) {
            docs.refuseUnused();
        }
        docs.problems.addAll(brokenOff);
        return docs;
    }

    private static void check(final String file, final Docs docs, final Formulas formulas) {
        switch (file) {
            case "README.md" -> ReadmeChecks.check(docs);
            case "header.md" -> HeaderChecks.check(docs, formulas);
            case "rings.md" -> RingChecks.check(docs, formulas);
            case "settings.md" -> SettingsChecks.check(docs, formulas);
            case "weights.md" -> WeightsChecks.check(docs, formulas);
            case "feedback.md" -> FeedbackChecks.check(docs, formulas);
            case "footprint.md" -> FootprintChecks.check(docs, formulas);
            case "checkpoint.md" -> CheckpointChecks.check(docs);
            case "image-file.md" -> NotesChecks.check(docs);
            case "memory-model.md" -> MemoryModelChecks.check(docs);
            default -> throw new IllegalArgumentException(file);
        }
    }

    private static String problems(final Docs docs) {
        return String.join("\n", docs.problems.stream().map(Docs.Problem::toString).toList());
    }

    @Test
    void documentsAgreeWithTheDescriptors() {
        assertEquals("", problems(checked(Docs.read())));
    }

    @Test
    void anotherNumberInATableIsNamedByFileAndLine() {
        final Docs right = checked(Docs.read());
        final List<String> unnoticed = new ArrayList<>();
        int changes = 0;
        for (final Docs.Claim claim : right.claims) {
            for (final Row row : claim.table().rows()) {
                for (final String column : claim.checked()) {
                    final Cell cell = right.cell(claim.table(), row, column);
                    final Matcher number = NUMBER.matcher(cell.text());
                    while (number.find()) {
                        changes++;
                        notice(right, cell.file(), cell.line(), cell.line(), change(right, cell, number), unnoticed);
                    }
                }
            }
        }
        assertEquals(List.of(), unnoticed);
        assertTrue(changes > 400, "only " + changes + " numbers were changed");
    }

    @Test
    void anotherNumberOrBarInADrawingIsNamedByFileAndLine() {
        final Docs right = checked(Docs.read());
        final List<String> unnoticed = new ArrayList<>();
        int changes = 0;
        for (final Drawing drawing : right.drawn) {
            for (final Cell line : drawing.lines()) {
                final List<String> changed = new ArrayList<>();
                final Matcher number = NUMBER.matcher(line.text());
                while (number.find()) {
                    changed.add(change(right, line, number));
                }
                for (int bar = line.text().indexOf('|') + 1; bar > 0; bar = line.text().indexOf('|', bar) + 1) {
                    if (bar < line.text().length()) {
                        changed.add(line.text().substring(0, bar - 1) + line.text().charAt(bar) + "|"
                            + line.text().substring(bar + 1));
                    }
                }
                for (final String text : changed) {
                    changes++;
                    notice(right, line.file(), line.line(), line.line(), text, unnoticed);
                }
            }
        }
        assertEquals(List.of(), unnoticed);
        assertTrue(changes > 400, "only " + changes + " numbers and bars were changed");
    }

    @Test
    void missingRowIsNamedByFileAndTable() {
        final Docs right = checked(Docs.read());
        final List<String> unnoticed = new ArrayList<>();
        for (final Docs.Claim claim : right.claims) {
            final int last = claim.table().rows().getLast().line();
            for (final Row row : claim.table().rows()) {
                if (!claim.table().columns().containsAll(List.of("in its panel"))
                    && !claim.checked().equals(List.of("symbol", "value"))) {
                    notice(right, row.file(), claim.table().line(), last, row.line(), null, unnoticed);
                }
            }
        }
        assertEquals(List.of(), unnoticed);
    }

    private static String change(final Docs docs, final Cell cell, final Matcher number) {
        final long changed = Long.parseLong(number.group().replace(",", "")) + 1;
        final String line = docs.line(cell.file(), cell.line());
        final int at = cell.column() + number.start();
        final String digits = number.group().contains(",") ? String.format(Locale.ROOT, "%,d", changed) : "" + changed;
        return line.substring(0, at) + digits + line.substring(at + number.group().length());
    }

    private static void notice(
        final Docs right, final String file, final int first, final int last, final String changed,
        final List<String> unnoticed) {
        notice(right, file, first, last, first, changed, unnoticed);
    }

    private static void notice(
        final Docs right, final String file, final int first, final int last, final int line, final String changed,
        final List<String> unnoticed) {
        final Docs wrong = right.with(file, line, changed);
        check(file, wrong, new Formulas(wrong));
        final boolean named = wrong.problems.stream()
            .anyMatch(problem -> problem.file().equals(file) && problem.line() >= first && problem.line() <= last);
        if (!named) {
            unnoticed.add("\n" + file + ":" + line + ": " + right.line(file, line) + "\n  as " + changed
                + "\n  problems: " + problems(wrong));
        }
    }
}
