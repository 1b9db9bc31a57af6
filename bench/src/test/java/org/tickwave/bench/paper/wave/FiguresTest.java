package org.tickwave.bench.paper.wave;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tickwave.Rule;
import org.tickwave.bench.paper.Cell;
import org.tickwave.bench.paper.Figure;

/** The figures look as the paper says, and their exact cells are those that the formulas of the rules give. */
class FiguresTest {
    private static final int L = 7;
    private static final int MIDDLE = (L + 1) / 2;
    /** By rule and shift. */
    private static final Map<String, List<Figure>> OF_THE_PAPER = new HashMap<>();
    private static final List<Figure> BEYOND_CHAINS = new Figures(L, 0, _ -> { }).beyondChains();

    private static Figure figure(final Rule rule, final String id, final int shift) {
        return OF_THE_PAPER.computeIfAbsent(rule + " " + shift, _ -> new Figures(L, shift, _ -> { }).ofThePaper(rule)).stream()
            .filter(figure -> figure.id().equals(id)).findFirst().orElseThrow();
    }

    private static Figure beyondChains(final String id, final String rule) {
        return BEYOND_CHAINS.stream()
            .filter(figure -> figure.id().equals(id) && figure.rule().equals(rule)).findFirst().orElseThrow();
    }

    /** A cell of a figure, with its place. */
    private record Place(int layer, int tick, Cell cell) {
        @Override
        public String toString() {
            return "layer " + layer + ", tick " + tick + ": " + cell;
        }
    }

    private static List<Place> places(final Figure figure) {
        return IntStream.range(0, figure.cells().size()).boxed().flatMap(row -> IntStream.range(0, figure.layers().size())
            .mapToObj(l -> new Place(l, figure.firstTick() + row, figure.cells().get(row).get(l)))).toList();
    }

    private static boolean meets(final Figure figure, final int layer, final int row) {
        final List<Cell> cells = figure.cells().get(row);
        return cells.get(layer - 1).forward().equals(cells.get(layer).targets());
    }

    @Test
    void theForwardWaveRunsDownAndRightAndTheBackwardWaveDownAndLeft() {
        final Figure figure = figure(Rule.diffusion(), "3", 0);
        assertEquals(L + 1, figure.layers().size());
        for (final Place at : places(figure)) {
            assertEquals(List.of(at.tick - at.layer), at.cell.forward(), at::toString);
            assertEquals(at.layer == 0 ? List.of() : List.of(at.tick - (L - at.layer)), at.cell.targets(), at::toString);
            assertEquals(at.layer == 0 ? -1 : at.tick - (L - at.layer), at.cell.frame(), at::toString);
            assertEquals(at.layer == 0, at.cell.gap() == null, at::toString);
            assertFalse(at.cell.exact(), at::toString);
        }
    }

    /** The prediction and the slopes of layer l + k are of the frames t - l - 2k. */
    @Test
    void theErrorHoldsThePredictionAndTheSlopesOfOlderFrames() {
        for (final Place at : places(figure(Rule.diffusion(), "3", 0))) {
            final List<Integer> expected = IntStream.rangeClosed(0, L - at.layer).mapToObj(k -> at.tick - at.layer - 2 * (L - at.layer - k)).toList();
            assertEquals(at.layer == 0 ? List.of() : expected, at.cell.inputs(), at::toString);
        }
    }

    @Test
    void theWavesOfOneFrameMeetInTheMiddleLayerOnly() {
        for (final String id : List.of("2B", "3")) {
            final Figure figure = figure(Rule.diffusion(), id, 0);
            for (int row = 0; row < figure.cells().size(); row++) {
                for (int l = 1; l <= L; l++) {
                    assertEquals(l == MIDDLE, meets(figure, l, row), id + ", layer " + l);
                }
            }
        }
    }

    @Test
    void theWavesFillTheNetwork() {
        for (final Place at : places(figure(Rule.diffusion(), "2A", 0))) {
            assertEquals(at.tick < at.layer, at.cell.forward().isEmpty(), at::toString);
            assertEquals(at.layer == 0 || at.tick < L - at.layer, at.cell.targets().isEmpty(), at::toString);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"diffusion", "window:7", "aligned"})
    void withAConstantInputALayerIsExactFromItsGateOn(final String rule) {
        final Figure figure = figure(Rule.parse(rule), "1", 0);
        assertEquals(0, figure.firstTick());
        for (final Place at : places(figure)) {
            assertEquals(at.layer > 0 && at.tick >= 2 * L - at.layer, at.cell.exact(), at::toString);
        }
    }

    /** The caption is made from the cells. */
    @Test
    void theCaptionSaysFromWhichTickOnALayerIsExact() {
        for (final Rule rule : List.of(Rule.diffusion(), Rule.window(7), Rule.aligned())) {
            assertTrue(figure(rule, "1", 0).caption().endsWith(" Layer l is exact from tick 2L - l on."), figure(rule, "1", 0).caption());
        }
        final List<List<Cell>> late = IntStream.range(0, 3).mapToObj(t -> IntStream.rangeClosed(0, 2)
            .mapToObj(l -> new Cell(List.of(), List.of(), List.of(), -1, null, l > 0 && t > l)).toList()).toList();
        assertEquals("Exact from tick 2 on in layer 1, never in layer 2.", Figures.exactFrom(late));
    }

    @Test
    void underTheAlignedRuleALayerIsExactFromItsGateOn() {
        for (final String id : List.of("2A", "2B", "3")) {
            for (final Place at : places(figure(Rule.aligned(), id, 0))) {
                assertEquals(at.layer > 0 && at.tick >= 2 * L - at.layer, at.cell.exact(), at::toString);
                if (at.cell.exact()) {
                    assertEquals(List.of(at.tick - 2 * L + at.layer), at.cell.inputs(), at::toString);
                }
            }
        }
    }

    @Test
    void aWindowMakesTheHighestLayersExact() {
        for (final Place at : places(figure(Rule.window(5), "3", 0))) {
            assertEquals(at.layer >= L - 2, at.cell.exact(), at::toString);
        }
    }

    @Test
    void oneTickOffNoCellOfAMovingInputIsExact() {
        for (final int shift : new int[] {-1, 1}) {
            for (final String id : List.of("2A", "2B", "3")) {
                for (final Place at : places(figure(Rule.aligned(), id, shift))) {
                    assertFalse(at.cell.exact(), at::toString);
                }
            }
        }
    }

    @Test
    void withAnErrorFromOutsideALinearNetworkIsExactInTheMiddleOnly() {
        for (final Place at : places(new Figures(L, 0, _ -> { }).fromOutside())) {
            assertEquals(at.layer == MIDDLE, at.cell.exact(), at::toString);
            assertEquals(List.of(), at.cell.inputs(), at::toString);
        }
    }

    @Test
    void aBalancedSkipMixesNoFrames() {
        for (final Place at : places(beyondChains("skip-balanced", "aligned"))) {
            assertEquals(List.of(at.tick - at.layer), at.cell.forward(), at::toString);
            assertEquals(at.layer > 0, at.cell.exact(), at::toString);
        }
        for (final Place at : places(beyondChains("skip-balanced", "diffusion"))) {
            assertEquals(List.of(at.tick - at.layer), at.cell.forward(), at::toString);
            assertFalse(at.cell.exact(), at::toString);
        }
    }

    /** The skip leads from layer 2 to layer L - 2, so that two frames are in the layers from L - 2 on. */
    @Test
    void anImmediateSkipMixesFrames() {
        for (final Place at : places(beyondChains("skip-immediate", "diffusion"))) {
            final int early = at.tick - at.layer + (L - 2) - 3;
            assertEquals(at.layer < L - 2 ? List.of(at.tick - at.layer) : List.of(at.tick - at.layer, early), at.cell.forward(), at::toString);
            assertFalse(at.cell.exact(), at::toString);
        }
    }

    @Test
    void aCycleRemembersAndSettles() {
        final Figure figure = beyondChains("cycle", "diffusion");
        final List<Place> places = places(figure);
        for (final Place at : places.subList(places.size() - 8 * figure.layers().size(), places.size())) {
            assertEquals(at.layer > 0, at.cell.exact(), at::toString);
        }
        assertTrue(places.getLast().cell.forward().size() > 5, places.getLast()::toString);
        assertFalse(places.get(3 * figure.layers().size() + 1).cell.exact());
    }
}
