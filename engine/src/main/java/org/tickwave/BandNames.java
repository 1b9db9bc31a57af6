package org.tickwave;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * The names of an engine's threads: {@code tickwave-2.1} runs band 1 of the second engine that has named its threads. Linux
 * shows 15 characters, so a longer name loses letters of its first word.
 */
final class BandNames {
    private static final AtomicInteger ENGINES = new AtomicInteger();
    private static final String WORD = "tickwave";
    private static final int LONGEST = 15;

    /** 0 until the first name is asked for, so that only engines with names have numbers. */
    private int engine;

    String of(final int band) {
        if (engine == 0) {
            engine = ENGINES.incrementAndGet();
        }
        return name(engine, band);
    }

    static String name(final int engine, final int band) {
        final String numbers = engine + "." + band;
        final int letters = Math.clamp(LONGEST - 1 - numbers.length(), 0, WORD.length());
        return WORD.substring(0, letters) + "-" + numbers;
    }
}
