package org.tickwave.bench.paper.claim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tickwave.bench.page.Curve;
import org.tickwave.bench.paper.Claim;
import org.tickwave.bench.paper.Claim.Measured;
import org.tickwave.bench.paper.Paper;
import org.tickwave.bench.paper.ShortPaper;

class ExperimentsTest {
    private static final Paper PAPER = ShortPaper.get();

    private static Claim claim(final String id) {
        return PAPER.claims().stream().filter(claim -> claim.id().equals(id)).findFirst().orElseThrow();
    }

    private static List<Measured> numbers(final String id, final String part) {
        final List<Measured> numbers = claim(id).numbers().stream().filter(number -> number.name().contains(part)).toList();
        assertFalse(numbers.isEmpty(), id + " has no number of " + part);
        return numbers;
    }

    @Test
    void everyClaimHasNumbersThatDecideAndHolds() {
        assertEquals(List.of("C1", "C2", "C3", "C4", "C5", "C6", "C7", "Eq. 6", "Aligned", "Cycles", "Cost"),
            PAPER.claims().stream().map(Claim::id).toList());
        for (final Claim claim : PAPER.claims()) {
            assertTrue(claim.holds(), claim::toString);
            assertTrue(claim.numbers().stream().anyMatch(number -> !number.bound().isEmpty()), claim::toString);
        }
        assertEquals(List.of(), PAPER.fallen());
    }

    @Test
    void everyLineOfACurveHasAValueForEachX() {
        for (final Curve curve : PAPER.claims().stream().flatMap(claim -> claim.curves().stream()).toList()) {
            for (final Curve.Line line : curve.lines()) {
                assertEquals(curve.x().size(), line.y().size(), curve.title() + ", " + line.name());
            }
        }
    }

    /** The bounds themselves: a claim with a bound that is too wide could not fall. */
    @Test
    void theNumbersAreThoseThatTheMathematicsGives() {
        numbers("C1", "relative error").forEach(number -> assertTrue(number.value() < 2e-6, number::toString));
        numbers("C3", "relative error").forEach(number -> assertTrue(number.value() < 2e-6, number::toString));
        numbers("C5", "from outside: largest").forEach(number -> assertTrue(number.value() < 2e-6, number::toString));
        numbers("C5", "targets times 10").forEach(number -> assertTrue(number.value() > .05 && number.value() < .8, number::toString));
        numbers("C4", "64 (L - 1), L").forEach(number -> assertTrue(number.value() > .95 && number.value() < .99, number::toString));
        numbers("C4", "share").forEach(number -> assertTrue(number.value() > .45 && number.value() < .6, number::toString));
        numbers("Aligned", "largest").forEach(number -> assertTrue(number.value() < 1e-5, number::toString));
    }

    @Test
    void theBudgetsAreThoseOfTheFormulas() {
        final List<Double> at30 = PAPER.budgets().stream().filter(budget -> budget.framesPerSecond() == 30)
            .map(budget -> Math.round(budget.budgetNs() / 1e4) / 100.0).toList();
        assertEquals(List.of(4.17, 1.96, 1.85, 33.33, 4.17, 2.08), at30);
    }

    /** Every pass of a chain of 4 layers reads all weights once, two passes for each weight. */
    @Test
    void finiteDifferencesAreCounted() {
        final long weights = 4 * 16 * 16;
        assertEquals(2.0 * weights * weights, numbers("Cost", "finite differences, counted, m = " + weights).getFirst().value());
        assertEquals(3.0 * weights - 16 * 16, numbers("Cost", "waves, computed, m = " + weights).getFirst().value());
        numbers("Cost", "exponent").forEach(number -> assertFalse(number.bound().isEmpty(), number::toString));
    }

    @Test
    void slowCyclesConvergeGeometrically() {
        final List<Measured> numbers = numbers("Cycles", "off growth^20");
        assertEquals(2, numbers.size(), numbers::toString);
        numbers.forEach(number -> assertEquals("below 3", number.bound(), number::toString));
    }

    /** The activations that an error meets are found in the change of the weights, and not taken from the rule. */
    @ParameterizedTest
    @ValueSource(ints = {-1, 1})
    void whatTheWeightsLearnDecides(final int shift) {
        final Effort few = new Effort(1, List.of(3), List.of(), List.of(), 1, List.of(), 4, List.of());
        for (final Claim claim : List.of(new FastInput(few, shift).c5(), new OtherGraphs(few, shift).balanced())) {
            assertTrue(claim.numbers().stream().anyMatch(number -> number.name().contains("the weights") && !number.holds()), claim::toString);
        }
        assertFalse(new FastInput(few, shift).c6().holds());
        assertFalse(new Span(few, shift).c7().holds());
    }

    /** A NaN keeps no bound. */
    @Test
    void aNumberThatIsMissingFails() {
        assertFalse(Numbers.below("n", Double.NaN, 1).holds());
        assertFalse(Numbers.above("n", Double.NaN, 1).holds());
        assertFalse(Numbers.equal("n", Double.NaN, 1).holds());
        assertEquals("below 1e-5", Numbers.below("n", 0, 1e-5).bound());
        assertEquals("above 0.1", Numbers.above("n", 0, .1).bound());
        assertEquals("equal to 18", Numbers.equal("n", 0, 18).bound());
    }
}
