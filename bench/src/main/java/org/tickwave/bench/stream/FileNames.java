package org.tickwave.bench.stream;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * Names of files. The JVM decodes file names with the encoding of its locale. The JVM replaces each byte that is not in this
 * encoding by U+FFFD. The result is the name of another file.
 */
public final class FileNames {
    private static final char REPLACEMENT = '\ufffd';
    private static final String ENCODING = System.getProperty("sun.jnu.encoding", StandardCharsets.UTF_8.name());
    private static final boolean UTF_8 =
        Charset.isSupported(ENCODING) && Charset.forName(ENCODING).equals(StandardCharsets.UTF_8);

    private FileNames() {
    }

    /**
     * The path of a name that the user typed.
     *
     * @param what the name as messages show it
     * @throws StreamException if no file can have the name, or the JVM could not decode the name
     */
    public static Path path(final String what, final String name) throws StreamException {
        final Path path;
        try {
            path = Path.of(name);
        } catch (final InvalidPathException e) {
            throw new StreamException(
                what + ": " + (name.indexOf('\0') >= 0 ? "the name contains a zero byte: expected the name of a file" : unreadable()));
        }
        if (name.indexOf(REPLACEMENT) >= 0 && !Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new StreamException(what + ": " + unreadable());
        }
        return path;
    }

    /** Whether the JVM could decode a path that it found in a directory: the path's text then names the same file. */
    public static boolean readable(final Path path) {
        try {
            return Path.of(path.toString()).equals(path);
        } catch (final InvalidPathException e) {
            return false;
        }
    }

    /** The reason why a path is not {@link #readable}. */
    public static String unreadable() {
        return UTF_8 ? "the name is not UTF-8: expected a name in UTF-8"
            : "the name is not " + ENCODING + ", the encoding of names in this locale: expected a UTF-8 locale, such as LC_ALL=C.UTF-8";
    }
}
