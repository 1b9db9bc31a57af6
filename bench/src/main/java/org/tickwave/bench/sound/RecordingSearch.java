package org.tickwave.bench.sound;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import org.tickwave.bench.stream.FileNames;
import org.tickwave.bench.stream.Labels;
import org.tickwave.bench.stream.Printable;
import org.tickwave.bench.stream.StreamException;

/**
 * Finds all files below a directory whose names end with .wav, in upper or lower case. Ignores hidden files. Also ignores directories
 * that do not stand for a label: directories whose names begin with . or _, and lost+found.
 */
final class RecordingSearch extends SimpleFileVisitor<Path> {
    private static final String SUFFIX = ".wav";
    /** At the root of a file system; fsck uses it, and only root may read it. */
    private static final String LOST_AND_FOUND = "lost+found";
    /** Symbolic links between directories may lead to an enormous number of paths. */
    private static final int MOST_DIRECTORIES = 100_000;
    private static final int MOST_RECORDINGS = 1_000_000;
    private static final int SHOWN = 3;

    private final String name;
    private final Path root;
    private final List<Candidate> candidates = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();
    private final List<String> ignoredDirectories = new ArrayList<>();
    private final List<String> ignoredFiles = new ArrayList<>();
    private int directories;

    /** @param name the directory's name in messages */
    RecordingSearch(final String name, final Path root) {
        this.name = name;
        this.root = root;
    }

    /** @throws StreamException if the directory cannot be read, or contains no recordings, or too many recordings or directories */
    RecordingSearch search() throws IOException {
        Files.walkFileTree(root, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, this);
        if (candidates.isEmpty() && faults.isEmpty()) {
            throw new StreamException(name + ": a directory without recordings: expected *.wav in the directory or its sub-directories");
        }
        candidates.sort(Comparator.comparing(candidate -> candidate.path, Labels.BY_CODE_POINTS));
        faults.sort(Labels.BY_CODE_POINTS);
        return this;
    }

    /** The files that were found, sorted by path. */
    List<Candidate> candidates() {
        return candidates;
    }

    /** For each directory that cannot be read, a line for the user. */
    List<String> faults() {
        return faults;
    }

    /** The ignored directories and files, as a line for the user; null if nothing was ignored. */
    String ignored() {
        final List<String> parts = new ArrayList<>();
        addShown(parts, ignoredDirectories, "directory", "directories");
        addShown(parts, ignoredFiles, "hidden file", "hidden files");
        return parts.isEmpty() ? null : name + ": ignored " + String.join(" and ", parts);
    }

    private static void addShown(final List<String> parts, final List<String> names, final String one, final String many) {
        if (!names.isEmpty()) {
            names.sort(Labels.BY_CODE_POINTS);
            parts.add(names.size() + " " + (names.size() == 1 ? one : many) + " ("
                + Printable.text(String.join(", ", names.subList(0, Math.min(SHOWN, names.size()))))
                + (names.size() > SHOWN ? ", ..." : "") + ")");
        }
    }

    private String path(final Path file) {
        return root.relativize(file).toString().replace(file.getFileSystem().getSeparator(), "/");
    }

    private String shown(final Path file) {
        return RecordingDirectory.file(name, path(file));
    }

    private static boolean hidden(final Path file) {
        return file.getFileName().toString().startsWith(".");
    }

    private static boolean recording(final Path file) {
        final String last = file.getFileName().toString();
        return last.regionMatches(true, last.length() - SUFFIX.length(), SUFFIX, 0, SUFFIX.length());
    }

    private boolean withoutLabel(final Path directory) {
        return !directory.equals(root)
            && (hidden(directory) || directory.getFileName().toString().startsWith("_") || directory.endsWith(LOST_AND_FOUND));
    }

    @Override
    public FileVisitResult preVisitDirectory(final Path directory, final BasicFileAttributes attributes) throws IOException {
        if (withoutLabel(directory)) {
            ignoredDirectories.add(path(directory));
            return FileVisitResult.SKIP_SUBTREE;
        }
        if (++directories > MOST_DIRECTORIES) {
            throw new StreamException(name + ": more than " + MOST_DIRECTORIES + " directories: expected fewer");
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(final Path file, final BasicFileAttributes attributes) throws IOException {
        if (!recording(file)) {
            return FileVisitResult.CONTINUE;
        }
        if (hidden(file)) {
            ignoredFiles.add(path(file));
            return FileVisitResult.CONTINUE;
        }
        if (candidates.size() == MOST_RECORDINGS) {
            throw new StreamException(name + ": more than " + MOST_RECORDINGS + " recordings: expected fewer");
        }
        String fault = null;
        if (!attributes.isRegularFile()) {
            fault = (attributes.isSymbolicLink() ? "a broken symbolic link" : "not a regular file") + ": expected a recording";
        } else if (!FileNames.readable(file)) {
            fault = FileNames.unreadable();
        }
        candidates.add(new Candidate(path(file), fault == null ? null : shown(file) + ": " + fault));
        return FileVisitResult.CONTINUE;
    }

    /** Also called for a directory that cannot be opened. */
    @Override
    public FileVisitResult visitFileFailed(final Path file, final IOException e) throws IOException {
        if (file.equals(root)) {
            throw new StreamException(name + ": cannot be opened: expected a directory with read permission");
        }
        if (e instanceof FileSystemLoopException) {
            return FileVisitResult.CONTINUE;
        }
        if (withoutLabel(file)) {
            ignoredDirectories.add(path(file));
        } else {
            faults.add(shown(file) + ": cannot be opened: expected a directory with read permission");
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(final Path directory, final IOException e) throws IOException {
        if (e != null && directory.equals(root)) {
            throw new StreamException(name + ": cannot be read completely: " + e.getMessage());
        }
        if (e != null) {
            faults.add(shown(directory) + ": cannot be read completely: " + Printable.text(String.valueOf(e.getMessage())));
        }
        return FileVisitResult.CONTINUE;
    }
}
