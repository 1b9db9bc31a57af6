package org.tickwave.bench.compare;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.tickwave.bench.forks.Children;
import org.tickwave.bench.forks.Interrupted;
import org.tickwave.bench.forks.Jmh;
import org.tickwave.bench.setup.RunFailure;

/** Builds a checkout by its own launcher, and copies its jars, so that a later build in the checkout changes nothing here. */
final class Build {
    private final Children children;
    private final String javaHome;
    private final PrintWriter err;

    /**
     * @param javaHome the JDK that builds both sides and runs their forks
     * @param err      gets the cause from the log, if a build fails
     */
    Build(final Children children, final String javaHome, final PrintWriter err) {
        this.children = children;
        this.err = err;
        this.javaHome = javaHome;
    }

    /**
     * @param to a directory for copies of the jars
     * @return the class path of the copies
     * @throws RunFailure if the build fails
     */
    String classPath(final Side side, final Path to) throws IOException, Interrupted, RunFailure {
        final ProcessBuilder builder = new ProcessBuilder(side.directory().resolve(SideFinder.LAUNCHER).toString(), "bench", "-l")
            .redirectErrorStream(true);
        builder.environment().put("JAVA25_HOME", javaHome);
        final Children.Ended built = children.run(builder);
        if (!built.good()) {
            err.println(Jmh.cause(built.out()));
            throw RunFailure.failed(side + ": the build of " + side.directory() + " failed: see above");
        }
        final List<Path> jars = new ArrayList<>();
        try {
            jars.add(only(side.directory(), "bench"));
            jars.add(only(side.directory(), "engine"));
            try (Stream<Path> lib = Files.list(side.directory().resolve("bench/target/lib"))) {
                lib.filter(file -> file.toString().endsWith(".jar")).sorted().forEach(jars::add);
            }
        } catch (final NoSuchFileException e) {
            throw RunFailure.failed(side + ": " + e.getFile() + " was not built: expected jars where this version has them");
        }
        Files.createDirectories(to);
        final List<String> copies = new ArrayList<>();
        for (final Path jar : jars) {
            copies.add(Files.copy(jar, to.resolve(jar.getFileName())).toString());
        }
        return String.join(File.pathSeparator, copies);
    }

    private static Path only(final Path root, final String module) throws IOException {
        final Path target = root.resolve(module).resolve("target");
        try (Stream<Path> files = Files.list(target)) {
            return files.filter(file -> file.getFileName().toString().matches("tickwave-" + module + "-(?!.*-(sources|javadoc)\\.jar).*\\.jar"))
                .findFirst().orElseThrow(() -> new NoSuchFileException(target + "/tickwave-" + module + "-VERSION.jar"));
        }
    }
}
