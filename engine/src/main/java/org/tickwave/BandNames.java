package org.tickwave;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * The names of an engine and of its threads: {@code camera.1} runs band 1 of the engine that the embedder calls {@code camera}, and
 * {@code tickwave-2.1} runs band 1 of the second engine that needed a name and has none from the embedder. Linux shows 15 characters of a
 * thread's name, so a longer name of this kind loses letters of its first word.
 */
final class BandNames {
    private static final AtomicInteger ENGINES = new AtomicInteger();
    private static final String WORD = "tickwave";
    private static final int LONGEST = 15;

    /** Null if the embedder has given none. */
    private final String given;
    private volatile String engine;
    /** 0 until the first name is asked for, so that only engines with names have numbers. */
    private int number;

    BandNames(final String given) {
        this.given = given;
        engine = given;
    }

    /** The name of the engine. Any thread may ask. */
    String engine() {
        if (engine == null) {
            engine = WORD + "-" + number();
        }
        return engine;
    }

    private synchronized int number() {
        if (number == 0) {
            number = ENGINES.incrementAndGet();
        }
        return number;
    }

    String of(final int band) {
        return given != null ? given + "." + band : name(number(), band);
    }

    static String name(final int engine, final int band) {
        final String numbers = engine + "." + band;
        final int letters = Math.clamp(LONGEST - 1 - numbers.length(), 0, WORD.length());
        return WORD.substring(0, letters) + "-" + numbers;
    }
}
