package org.tickwave.bench.doctor;

import java.nio.file.Path;

/** Prints how much of an image lies in huge pages: for a JVM of its own, with another environment. */
public final class HugeBytes {
    private HugeBytes() {
    }

    public static void main(final String[] args) {
        System.out.println(Pages.of(new SystemFiles(Path.of("/")), null).imageHugeBytes());
    }
}
