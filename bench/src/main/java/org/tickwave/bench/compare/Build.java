package org.tickwave.bench.compare;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tickwave.bench.forks.Children;
import org.tickwave.bench.forks.Interrupted;
import org.tickwave.bench.forks.Jmh;
import org.tickwave.bench.setup.RunFailure;

/** Builds a checkout by its own launcher, and copies its jars, so that a later build in the checkout changes nothing here. */
final class Build {
    private static final String PROFILES = "TICKWAVE_PROFILES";

    private final Children children;
    private final String javaHome;
    private final List<String> profiles;
    private final PrintWriter err;

    /**
     * @param javaHome the JDK that builds both sides and runs their forks
     * @param profiles names of the modules that are built and loaded, too
     * @param err      gets the cause from the log, if a build fails, and a line for each module that a side lacks
     */
    Build(final Children children, final String javaHome, final List<String> profiles, final PrintWriter err) {
        this.children = children;
        this.err = err;
        this.javaHome = javaHome;
        this.profiles = profiles;
    }

    /** The profiles that the user's environment names. The launcher has refused others than it knows. */
    static List<String> profiles() {
        return Stream.of(Objects.requireNonNullElse(System.getenv(PROFILES), "").split(",")).filter(name -> !name.isEmpty()).distinct().toList();
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
        final List<String> present = present(side);
        builder.environment().put(PROFILES, String.join(",", present));
        final Children.Ended built = children.run(builder);
        if (!built.good()) {
            err.println(Jmh.cause(built.out()));
            throw RunFailure.failed(side + ": the build of " + side.directory() + " failed: see above");
        }
        final List<Path> jars = new ArrayList<>();
        try {
            jars.add(only(side.directory(), "bench"));
            jars.add(only(side.directory(), "engine"));
            jars.addAll(libraries(side.directory(), "bench"));
            for (final String profile : present) {
                jars.add(only(side.directory(), "bench/" + profile));
                jars.addAll(libraries(side.directory(), "bench/" + profile));
            }
        } catch (final NoSuchFileException e) {
            throw RunFailure.failed(side + ": " + e.getFile() + " was not built: expected jars where this version has them");
        }
        Files.createDirectories(to);
        final List<String> copies = new ArrayList<>();
        for (final Path jar : jars) {
            copies.add(Files.copy(jar, to.resolve(jar.getFileName()), StandardCopyOption.REPLACE_EXISTING).toString());
        }
        return copies.stream().distinct().collect(Collectors.joining(File.pathSeparator));
    }

    /** The modules that a side has. Its launcher would refuse the name of another one. */
    private List<String> present(final Side side) {
        final List<String> present = profiles.stream().filter(name -> Files.isDirectory(side.directory().resolve("bench").resolve(name))).toList();
        profiles.stream().filter(name -> !present.contains(name)).forEach(name ->
            err.println(side + ": has no module bench/" + name + ": its forks run without this module"));
        err.flush();
        return present;
    }

    private static List<Path> libraries(final Path root, final String module) throws IOException {
        try (Stream<Path> lib = Files.list(root.resolve(module).resolve("target/lib"))) {
            return lib.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
        }
    }

    private static Path only(final Path root, final String module) throws IOException {
        final Path target = root.resolve(module).resolve("target");
        try (Stream<Path> files = Files.list(target)) {
            final String name = "tickwave-" + module.replace('/', '-');
            return files.filter(file -> file.getFileName().toString().matches(name + "-(?!.*-(sources|javadoc)\\.jar).*\\.jar"))
                .findFirst().orElseThrow(() -> new NoSuchFileException(target + "/" + name + "-VERSION.jar"));
        }
    }
}
