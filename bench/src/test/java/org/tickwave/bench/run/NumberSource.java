package org.tickwave.bench.run;

import org.tickwave.bench.stream.Source;

/** A stream of single numbers, for tests. */
abstract class NumberSource implements Source {
    @Override
    public String name() {
        return "numbers";
    }

    @Override
    public int width() {
        return 1;
    }

    @Override
    public double framesPerSecond() {
        return 100;
    }
}
