package org.tickwave.layout.docs;

import java.util.ArrayList;
import java.util.List;
import org.tickwave.layout.Wiring;
import org.tickwave.layout.Geometry;
import org.tickwave.layout.ImageLayout;

/** The networks with which the formulas are checked, and the network of the worked example. */
final class Samples {
    /** @param ticks R of the rule window:R, which is aligned if R is 2L-1; 0 for diffusion */
    record Sample(ImageLayout layout, int ticks) {
        Geometry geometry() {
            return layout.geometry();
        }

        boolean aligned() {
            return ticks == 2 * geometry().wiring().last() - 1;
        }

        @Override
        public String toString() {
            return geometry() + ", " + (ticks == 0 ? "diffusion" : "window:" + ticks) + ", history " + geometry().history()
                + ", " + geometry().lanes() * Float.SIZE + "-bit lanes";
        }
    }

    static final List<Sample> ALL = all(4, 8, 16);
    static final List<Sample> FEW = all(8);

    /** 416-128-128-208, aligned, no history, 512 bits. */
    static final ImageLayout EXAMPLE = sample(16, 5, 0, 416, 128, 128, 208).layout;

    private Samples() {
    }

    static Sample sample(final int lanes, final int ticks, final int history, final int... widths) {
        final int layers = widths.length - 1;
        final Wiring wiring = ticks == 0 ? Wiring.chain(layers) : Wiring.chain(layers).window(ticks);
        return new Sample(new ImageLayout(new Geometry(lanes, widths, wiring, history)), ticks);
    }

    private static List<Sample> all(final int... widths) {
        final List<Sample> samples = new ArrayList<>();
        for (final int lanes : widths) {
            samples.add(sample(lanes, 5, 0, 416, 128, 128, 208));
            samples.add(sample(lanes, 0, 0, 1, 1));
            samples.add(sample(lanes, 1, 2, 64, 64));
            samples.add(sample(lanes, 3, 0, 70, 300, 5));
            samples.add(sample(lanes, 0, 1, 17, 5, 33, 2));
            samples.add(sample(lanes, 2, 0, 3, 65, 129, 17));
            samples.add(sample(lanes, 4, 7, 600, 31, 100, 1, 9));
            samples.add(sample(lanes, 9, 0, 8, 9, 10, 11, 12, 13));
            samples.add(sample(lanes, 6, 3, 128, 128, 128, 128, 128, 128, 128));
        }
        return samples;
    }
}
