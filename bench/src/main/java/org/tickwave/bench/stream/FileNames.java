package org.tickwave.bench.stream;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * Names of files. The JVM reads a name with the encoding of its locale and puts U+FFFD for bytes that this cannot read, so
 * such a name, written again, names another file or none.
 */
public final class FileNames {
    private static final char UNREADABLE = '\ufffd';
    private static final String ENCODING = System.getProperty("sun.jnu.encoding", StandardCharsets.UTF_8.name());
    private static final boolean UTF_8 =
        Charset.isSupported(ENCODING) && Charset.forName(ENCODING).equals(StandardCharsets.UTF_8);

    private FileNames() {
    }

    /**
     * The path of a name that was typed.
     *
     * @param what to call it in a message
     * @throws StreamException if it can name no file, or was not read as it was typed
     */
    public static Path path(final String what, final String name) throws StreamException {
        final Path path;
        try {
            path = Path.of(name);
        } catch (final InvalidPathException e) {
            throw new StreamException(what + ": " + (name.indexOf('\0') >= 0 ? "no such file: its name holds a zero byte" : unreadable()));
        }
        if (name.indexOf(UNREADABLE) >= 0 && !Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new StreamException(what + ": " + unreadable());
        }
        return path;
    }

    /** Whether the text of a path that was read from a directory names the same file. */
    public static boolean readable(final Path path) {
        try {
            return Path.of(path.toString()).equals(path);
        } catch (final InvalidPathException e) {
            return false;
        }
    }

    /** What is wrong with a name that is not {@link #readable}. */
    public static String unreadable() {
        return UTF_8 ? "its name is not UTF-8: expected a name in UTF-8"
            : "its name is not " + ENCODING + ", the encoding of names in this locale: expected a UTF-8 locale, such as LC_ALL=C.UTF-8";
    }
}
