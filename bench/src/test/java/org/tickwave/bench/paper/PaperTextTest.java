package org.tickwave.bench.paper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tickwave.bench.paper.Claim.Measured;

class PaperTextTest {
    private static String text(final Measured... numbers) {
        final Claim claim = new Claim("C9", "claim", "test", List.of(numbers), "True. But slowly.", List.of());
        return PaperText.of(new Paper(List.of(), List.of(claim), List.of(), List.of(new Budget(30, 9, "way", 1e6)))).split("budget")[0];
    }

    @Test
    void aRunFitsInATerminal() {
        final String text = PaperText.of(ShortPaper.get());
        assertTrue(text.lines().count() <= 65, () -> text.lines().count() + " lines:\n" + text);
        for (final Claim claim : ShortPaper.get().claims()) {
            assertEquals(1, text.lines().filter(line -> line.startsWith(claim.id() + " ")).count(), claim.id());
        }
    }

    @Test
    void theWorstOfAKindIsShown() {
        assertEquals(List.of("C9       True.", "                 3  error, L = 3 (below 5, the worst of 3)", "                 7  cosine, L = 8 (above 6, the worst of 2)",
            "                 1  other (below 5)"), text(new Measured("error, L = 1", 2, "below 5", true), new Measured("error, L = 3", 3, "below 5", true),
            new Measured("shown, L = 3", 9, "", true), new Measured("error, L = 9", 1, "below 5", true), new Measured("cosine, L = 4", 8, "above 6", true),
            new Measured("cosine, L = 8", 7, "above 6", true), new Measured("other", 1, "below 5", true)).lines().toList());
    }

    @Test
    void aNumberThatIsOffIsTheWorst() {
        final String text = text(new Measured("lag at l_s = 1, L = 1", 0, "equal to 1", false), new Measured("lag at l_s = 5, L = 9", 4, "equal to 4", true));
        assertTrue(text.contains("True. But slowly."), text);
        assertTrue(text.contains("0  lag at l_s = 1, L = 1 (equal to 1, the worst of 1 that are off, of 2; it is not)"), text);
    }
}
