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
 * Which of the descriptors 0, 1 and 2 were closed when the program was started. The JVM cannot know: it opens its own files
 * on closed descriptors. So the launcher opens /dev/null on them first, and names them in a system property.
 */
public final class Descriptors {
    /** Numbers with commas between them, such as {@code 0,1}; absent if all three were open. */
    public static final String CLOSED = "tickwave.closed";
    public static final int INPUT = 0;
    public static final int OUTPUT = 1;

    private static final String[] NAMES = {"standard input", "standard output", "standard error"};
    private static final int MOST_LINKS = 40;
    private static final int NONE = -1;
    private static final Path OWN = Path.of("/proc/self");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");
    /** Below the directory of a process: its descriptors, or those of one of its threads, which are the same. */
    private static final Pattern DIRECTORY = Pattern.compile("(/task/[0-9]+)?/fd");

    private Descriptors() {
    }

    /** @return a sentence that says so if the descriptor was closed at start, else null */
    public static String closed(final int descriptor) {
        final String closed = System.getProperty(CLOSED, "");
        return descriptor >= 0 && descriptor < NAMES.length
            && Arrays.asList(closed.split(",")).contains(Integer.toString(descriptor)) ? NAMES[descriptor] + " is closed" : null;
    }

    /**
     * The same of the descriptor that a path leads to, such as /dev/stdin, /dev/fd/0, /proc/self/fd/0, or a link to one of
     * these.
     *
     * @return null also if the path leads to no descriptor
     */
    public static String closed(final Path path) {
        return closed(number(path));
    }

    /** Whether a path leads to a descriptor on which the JVM has opened a file of its own: nobody passed it to the program. */
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
            // not a file that can be looked up: a pipe, or none
        }
        return false;
    }

    /** The number of the descriptor that a path leads to, or {@link #NONE}. The last step is a link that no one can follow by name. */
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
            // whoever opens it will say why it cannot be
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
