package org.tickwave.bench.watch;

import java.time.Instant;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.tickwave.ImageShape;
import org.tickwave.Network;
import org.tickwave.bench.layout.Placement;
import org.tickwave.bench.net.Graphs;
import org.tickwave.bench.net.NetworkDescription;
import org.tickwave.bench.report.RunDescription;
import org.tickwave.layout.Wiring;

/** Makes shapes, of networks of this process. */
final class Shapes {
    private Shapes() {
    }

    static Shape of(final RunDescription run) {
        final Network network = run.network();
        final Wiring ways = Graphs.wiring(network);
        final Wiring wiring = run.graph() == null ? ways
            : ways.lengths(run.graph().projections().stream().mapToInt(NetworkDescription.Projection::length).toArray());
        return of(run.input(), run.networkText(), run.rule().toString(), run.hold().ticks(), run.latency(), wiring,
            IntStream.rangeClosed(0, network.last()).mapToObj(network::name).toList(), IntStream.rangeClosed(0, network.last()).map(network::width).toArray());
    }

    /** A projection takes as many ticks as the wiring says. */
    static Shape of(
        final String title, final String text, final String rule, final int hold, final int latency, final Wiring wiring,
        final List<String> names, final int[] widths) {
        return of(title, text, rule, hold, latency, wiring, k -> 1 + wiring.delay(k), names, widths);
    }

    /** @param ticks of a projection, by its number from 1 */
    static Shape of(
        final String title, final String text, final String rule, final int hold, final int latency, final Wiring wiring,
        final IntUnaryOperator ticks, final List<String> names, final int[] widths) {
        final Placement placement = new Placement(wiring);
        final ProcessHandle own = ProcessHandle.current();
        return new Shape(title, own.pid(), own.info().startInstant().map(Instant::toEpochMilli).orElse(0L), text, rule, hold, latency, placement.columns(),
            IntStream.range(0, wiring.layers()).mapToObj(l -> new Shape.Layer(names.get(l), widths[l], wiring.level(l), role(wiring, l),
                point(placement.layer(l)))).toList(),
            IntStream.rangeClosed(1, wiring.projections()).mapToObj(k -> new Shape.Projection(wiring.from(k), wiring.to(k),
                ticks.applyAsInt(k), placement.leadsBack(k), placement.way(k).stream().map(Shapes::point).toList())).toList());
    }

    private static ImageShape.Role role(final Wiring wiring, final int layer) {
        return layer < wiring.inputs() ? ImageShape.Role.INPUT : wiring.isOutput(layer) ? ImageShape.Role.OUTPUT : ImageShape.Role.HIDDEN;
    }

    private static Shape.Point point(final Placement.Place place) {
        return new Shape.Point(place.column(), place.y());
    }
}
