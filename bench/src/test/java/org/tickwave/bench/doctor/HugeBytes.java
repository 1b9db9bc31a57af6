package org.tickwave.bench.doctor;

import java.nio.file.Path;

/** Prints how many bytes of an image are in huge pages. Runs in a JVM of its own, which has another environment. */
public final class HugeBytes {
    private HugeBytes() {
    }

    public static void main(final String[] args) {
        System.out.println(Pages.of(new SystemFiles(Path.of("/")), null).imageHugeBytes());
    }
}
