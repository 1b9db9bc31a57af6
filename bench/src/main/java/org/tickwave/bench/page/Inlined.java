package org.tickwave.bench.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** Scripts and styles that a page holds. */
final class Inlined {
    private static final String UPLOT = "/META-INF/resources/webjars/uplot/1.6.30/";

    private Inlined() {
    }

    /** The chart library, with its licence. */
    static String chartScript() {
        return "/*!\n" + read(Inlined.class, UPLOT + "LICENSE").strip() + "\n*/\n" + read(Inlined.class, UPLOT + "dist/uPlot.iife.min.js");
    }

    static String chartStyle() {
        return read(Inlined.class, UPLOT + "dist/uPlot.min.css");
    }

    /**
     * Reads a resource of this program.
     *
     * @param beside a class of the package that has the resource
     */
    static String read(final Class<?> beside, final String name) {
        try (InputStream in = beside.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + ": no such resource beside " + beside.getName());
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The source expression that allows exactly this script in a Content-Security-Policy. */
    static String hash(final String script) {
        try {
            final byte[] digest = MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
