package org.tickwave.bench.sound;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.tickwave.bench.stream.Bytes;
import org.tickwave.bench.stream.Features;
import org.tickwave.bench.stream.Printable;
import org.tickwave.bench.stream.Recording;
import org.tickwave.bench.stream.StreamException;

/**
 * A folder of labelled recordings: all files below it that are called .wav, in upper case or lower, but for what is hidden.
 * They are sorted by their path from the folder, shuffled by a seed, and of every five the last is held out.
 *
 * @param name       to call it in a message
 * @param path       of the folder
 * @param recordings in the order they are played in
 * @param labels     in the order of their indices, which is that of their code points unless they were given
 * @param features   of all of them
 */
public record RecordingDirectory(String name, Path path, List<Recording> recordings, List<String> labels, Features features) {
    /** By code points; {@link String#compareTo} has what takes two chars before some that take one. */
    static final Comparator<String> BY_CODE_POINTS = (a, b) -> {
        int i = 0;
        while (i < a.length() && i < b.length() && a.charAt(i) == b.charAt(i)) {
            i++;
        }
        if (i == a.length() || i == b.length()) {
            return a.length() - b.length();
        }
        final char c = a.charAt(i);
        final char d = b.charAt(i);
        return Character.isSurrogate(c) == Character.isSurrogate(d) ? c - d : Character.isSurrogate(c) ? 1 : -1;
    };

    private static final String EXPECTED =
        "expected label_anything.wav, all in the folder itself, or in folders named after labels";
    private static final String SUFFIX = ".wav";
    private static final int HELD_OUT = 5;
    /** Links may lead round in more ways than anybody can follow. */
    private static final int MOST_FOLDERS = 100_000;
    private static final int MOST_RECORDINGS = 1_000_000;
    private static final int HEADER_BUFFER = 4_096;

    /**
     * Looks at the names and the headers of all recordings.
     *
     * @param given labels that there may be, by index; null for those that are there
     * @throws StreamException if they are not labelled, or cannot teach anybody anything, or one is not a recording, or has another
     *                         rate than the first
     */
    public static RecordingDirectory of(final String name, final Path path, final long seed, final List<String> given) throws IOException {
        final List<String> paths = paths(name, path);
        final boolean flat = paths.stream().noneMatch(p -> p.indexOf('/') >= 0);
        final List<String> labels = new ArrayList<>();
        for (final String p : paths) {
            labels.add(label(name, p, flat));
        }
        final List<String> classes = given != null ? List.copyOf(given) : classes(name, labels);
        final List<Recording> recordings = new ArrayList<>();
        final List<Integer> order = new ArrayList<>();
        final Map<String, Integer> indices = new HashMap<>();
        classes.forEach(label -> indices.put(label, indices.size()));
        for (int i = 0; i < paths.size(); i++) {
            if (!indices.containsKey(labels.get(i))) {
                throw new StreamException(file(name, paths.get(i)) + ": label " + Printable.text(labels.get(i))
                    + " is not among those that were learnt: expected " + shown(classes));
            }
            order.add(i);
        }
        Collections.shuffle(order, new Random(seed));
        for (int position = 0; position < order.size(); position++) {
            final String label = labels.get(order.get(position));
            recordings.add(new Recording(paths.get(order.get(position)), label, indices.get(label),
                position % HELD_OUT == HELD_OUT - 1, 2 * position >= order.size()));
        }
        return new RecordingDirectory(name, path, List.copyOf(recordings), classes, features(name, path, paths));
    }

    private static List<String> classes(final String name, final List<String> labels) throws StreamException {
        final Set<String> classes = new TreeSet<>(BY_CODE_POINTS);
        classes.addAll(labels);
        if (classes.size() == labels.size()) {
            throw new StreamException(name + ": as many labels as recordings, " + labels.size()
                + ": expected several recordings of each label");
        }
        if (classes.size() == 1) {
            throw new StreamException(name + ": all of its " + labels.size() + " recordings have the label "
                + Printable.text(labels.get(0)) + ": expected two labels or more");
        }
        return List.copyOf(classes);
    }

    private static String shown(final List<String> classes) {
        return Printable.text(String.join(", ", classes));
    }

    private static String label(final String name, final String path, final boolean flat) throws StreamException {
        final int slash = path.lastIndexOf('/');
        final String label = flat
            ? path.substring(0, Math.max(0, path.indexOf('_')))
            : path.substring(path.lastIndexOf('/', slash - 1) + 1, Math.max(0, slash));
        if (label.isEmpty()) {
            throw new StreamException(file(name, path) + ": has no label: " + EXPECTED);
        }
        return label;
    }

    private static String file(final String name, final String path) {
        return name + (name.endsWith("/") ? "" : "/") + Printable.text(path);
    }

    /** From the folder, sorted. */
    private static List<String> paths(final String name, final Path root) throws IOException {
        final List<String> paths = new ArrayList<>();
        Files.walkFileTree(root, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, new SimpleFileVisitor<>() {
            private int folders;

            private String path(final Path file) {
                return root.relativize(file).toString().replace(file.getFileSystem().getSeparator(), "/");
            }

            private boolean hidden(final Path file) {
                return !file.equals(root) && file.getFileName().toString().startsWith(".");
            }

            private boolean recording(final Path file) {
                final String last = file.getFileName().toString();
                return !hidden(file) && last.regionMatches(true, last.length() - SUFFIX.length(), SUFFIX, 0, SUFFIX.length());
            }

            @Override
            public FileVisitResult preVisitDirectory(final Path folder, final BasicFileAttributes attributes) throws IOException {
                if (hidden(folder)) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                if (++folders > MOST_FOLDERS) {
                    throw new StreamException(name + ": more than " + MOST_FOLDERS + " folders in it: expected fewer");
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(final Path file, final BasicFileAttributes attributes) throws IOException {
                if (recording(file)) {
                    if (!attributes.isRegularFile()) {
                        throw new StreamException(file(name, path(file)) + ": "
                            + (attributes.isSymbolicLink() ? "a link to nothing" : "not a regular file") + ": expected a recording");
                    }
                    if (paths.size() == MOST_RECORDINGS) {
                        throw new StreamException(name + ": more than " + MOST_RECORDINGS + " recordings: expected fewer");
                    }
                    paths.add(path(file));
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(final Path file, final IOException e) throws IOException {
                if (e instanceof FileSystemLoopException || hidden(file)) {
                    return FileVisitResult.CONTINUE;
                }
                final String what = file.equals(root) ? name : file(name, path(file));
                throw new StreamException(what + ": may not be read: expected a folder with read permission");
            }
        });
        if (paths.isEmpty()) {
            throw new StreamException(name + ": a folder without a recording: expected *.wav in it, or in folders in it");
        }
        paths.sort(BY_CODE_POINTS);
        return paths;
    }

    private static Features features(final String name, final Path path, final List<String> paths) throws IOException {
        final ByteBuffer buffer = ByteBuffer.allocate(HEADER_BUFFER);
        Features features = null;
        for (final String p : paths) {
            final String file = file(name, p);
            try (FileChannel channel = Bytes.channel(file, path.resolve(p))) {
                final int rate = WavHeader.read(new Bytes(file, channel, buffer), channel.size()).sampleRate();
                if (features == null) {
                    features = Features.of(rate);
                } else if (features.sampleRate() != rate) {
                    throw new StreamException(file + ": " + rate + " samples a second: expected " + features.sampleRate()
                        + ", as " + file(name, paths.get(0)) + " has");
                }
            }
        }
        return features;
    }

    /**
     * Opens one of its recordings.
     *
     * @param buffer to read through
     * @param logMel for its window
     * @throws StreamException if it is not what it was
     */
    WavStream open(final Recording recording, final ByteBuffer buffer, final LogMel logMel) throws IOException {
        final String file = file(name, recording.path());
        final FileChannel channel = Bytes.channel(file, path.resolve(recording.path()));
        try {
            final Bytes bytes = new Bytes(file, channel, buffer);
            final WavHeader header = WavHeader.read(bytes, channel.size());
            if (header.sampleRate() != features.sampleRate()) {
                throw new StreamException(file + ": has changed to " + header.sampleRate() + " samples a second: expected "
                    + features.sampleRate());
            }
            return new WavStream(bytes, header, logMel);
        } catch (final IOException e) {
            channel.close();
            throw e;
        }
    }
}
