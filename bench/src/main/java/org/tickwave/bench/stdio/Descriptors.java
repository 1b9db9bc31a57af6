package org.tickwave.bench.stdio;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells which of the descriptors 0, 1 and 2 were closed when the program started. The JVM cannot know this, because it opens its own
 * files on closed descriptors. So the launcher first opens /dev/null on closed descriptors, and names them in a system property.
 */
public final class Descriptors {
    /** The system property: descriptor numbers separated by commas, such as {@code 0,1}; absent if all three were open. */
    public static final String CLOSED = "tickwave.closed";
    public static final int INPUT = 0;
    public static final int OUTPUT = 1;

    private static final String[] NAMES = {"standard input", "standard output", "standard error"};
    private static final int MOST_LINKS = 40;
    private static final int NONE = -1;
    private static final Path OWN = Path.of("/proc/self");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");
    /** The path below the directory of a process to its descriptors. All threads of a process have the same descriptors. */
    private static final Pattern DIRECTORY = Pattern.compile("(/task/[0-9]+)?/fd");

    private Descriptors() {
    }

    /** @return a message, such as "standard input is closed", if the descriptor was closed at start; otherwise null */
    public static String closed(final int descriptor) {
        final String closed = System.getProperty(CLOSED, "");
        return descriptor >= 0 && descriptor < NAMES.length
            && Arrays.asList(closed.split(",")).contains(Integer.toString(descriptor)) ? NAMES[descriptor] + " is closed" : null;
    }

    /**
     * Checks the descriptor that a path leads to. Such paths are /dev/stdin, /dev/fd/0, /proc/self/fd/0, and links to them.
     *
     * @return a message if the descriptor was closed at start; null if the descriptor was open, or the path leads to no descriptor
     */
    public static String closed(final Path path) {
        return closed(number(path));
    }

    /** Whether a path leads to a descriptor that the JVM opened for a file of its own. The user did not pass such a descriptor. */
    public static boolean ofJvm(final Path path) {
        final int descriptor = number(path);
        if (descriptor < NAMES.length) {
            return false;
        }
        try {
            final Path file = OWN.resolve("fd").resolve(Integer.toString(descriptor)).toRealPath();
            if (file.startsWith(Path.of(System.getProperty("java.home")).toRealPath())) {
                return true;
            }
            for (final String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
                if (!entry.isEmpty() && file.equals(Path.of(entry).toAbsolutePath().normalize())) {
                    return true;
                }
            }
        } catch (final IOException | InvalidPathException e) {
            // The descriptor is a pipe or is not open.
        }
        return false;
    }

    /**
     * The number of the descriptor that a path leads to, or {@link #NONE}. A descriptor's own entry is a link, too, but the name of its
     * target need not exist.
     */
    private static int number(final Path path) {
        Path at = path.toAbsolutePath();
        try {
            for (int links = 0; links < MOST_LINKS && at.getFileName() != null; links++) {
                final Path directory = at.getParent().toRealPath();
                final String name = at.getFileName().toString();
                if (NUMBER.matcher(name).matches() && ofDescriptors(directory)) {
                    return Integer.parseInt(name);
                }
                if (!Files.isSymbolicLink(at)) {
                    return NONE;
                }
                at = directory.resolve(Files.readSymbolicLink(at));
            }
        } catch (final IOException e) {
            // An error when the path is opened gives the reason.
        }
        return NONE;
    }

    private static boolean ofDescriptors(final Path directory) throws IOException {
        if (directory.equals(Path.of("/dev/fd"))) {
            return true;
        }
        if (!Files.exists(OWN)) {
            return false;
        }
        final String own = OWN.toRealPath().toString();
        final Matcher below = DIRECTORY.matcher(directory.toString());
        return directory.toString().startsWith(own) && below.region(own.length(), directory.toString().length()).matches();
    }
}
