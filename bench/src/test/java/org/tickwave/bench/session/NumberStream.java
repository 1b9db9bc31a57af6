package org.tickwave.bench.session;

import org.tickwave.bench.stream.FrameStream;

/** A stream of single numbers, for tests. */
public abstract class NumberStream implements FrameStream {
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
