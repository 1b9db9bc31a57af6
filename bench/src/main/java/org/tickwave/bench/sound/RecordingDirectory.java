package org.tickwave.bench.sound;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.tickwave.bench.stream.Bytes;
import org.tickwave.bench.stream.Features;
import org.tickwave.bench.stream.Printable;
import org.tickwave.bench.stream.Recording;
import org.tickwave.bench.stream.StreamException;

/**
 * A directory of labelled recordings: all files that {@link RecordingSearch} finds below it and {@link RecordingCheck} can
 * use. All files, with those that cannot be used, are sorted by their path from the directory and shuffled by a seed, and of
 * every five the last is held out. Then those that cannot be used are left out, so that no other moves.
 *
 * @param name       to call it in a message
 * @param path       of the directory
 * @param recordings in the order they are played in
 * @param labels     in the order of their indices, which is that of their code points unless they were given
 * @param features   of all of them
 * @param skipped    files and directories that could not be used and were left out
 * @param notes      lines for the user: what was passed over, and what was left out
 */
public record RecordingDirectory(
    String name, Path path, List<Recording> recordings, List<String> labels, Features features, int skipped, List<String> notes) {
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

    private static final int HELD_OUT = 5;

    /**
     * Looks at the names and the headers of all recordings.
     *
     * @param given   labels that there may be, by index; null for those that are there
     * @param skipBad whether to leave out what cannot be used; otherwise it is refused
     * @throws StreamException if there is something that cannot be used, or the labels cannot be learnt
     */
    public static RecordingDirectory of(
        final String name, final Path path, final long seed, final List<String> given, final boolean skipBad) throws IOException {
        final RecordingSearch search = new RecordingSearch(name, path).search();
        final List<Candidate> candidates = search.candidates();
        final int rate = new RecordingCheck(name, path, candidates).check();
        final List<Candidate> good = candidates.stream().filter(Candidate::good).toList();
        final List<String> faults = Stream.concat(
            candidates.stream().map(candidate -> candidate.fault).filter(Objects::nonNull), search.faults().stream()).toList();
        if (good.isEmpty() || !faults.isEmpty() && !skipBad) {
            throw RecordingCheck.refusal(name, faults, good.isEmpty());
        }
        final List<String> labels = good.stream().map(candidate -> candidate.label).toList();
        final List<String> classes = given != null ? List.copyOf(given) : classes(name, labels);
        final Map<String, Integer> indices = new HashMap<>();
        classes.forEach(label -> indices.put(label, indices.size()));
        for (final Candidate candidate : good) {
            if (!indices.containsKey(candidate.label)) {
                throw new StreamException(file(name, candidate.path) + ": label " + Printable.text(candidate.label)
                    + " is not among those that were learnt: expected " + shown(classes));
            }
        }
        return new RecordingDirectory(name, path, drawn(candidates, indices, seed), classes, Features.of(rate), faults.size(),
            notes(search.passedOver(), name, faults));
    }

    private static List<Recording> drawn(final List<Candidate> candidates, final Map<String, Integer> indices, final long seed) {
        final List<Candidate> order = new ArrayList<>(candidates);
        Collections.shuffle(order, new Random(seed));
        final List<Recording> recordings = new ArrayList<>();
        for (int position = 0; position < order.size(); position++) {
            final Candidate candidate = order.get(position);
            if (candidate.good()) {
                recordings.add(new Recording(candidate.path, candidate.label, indices.get(candidate.label),
                    position % HELD_OUT == HELD_OUT - 1, 2 * position >= order.size()));
            }
        }
        return List.copyOf(recordings);
    }

    private static List<String> notes(final String passedOver, final String name, final List<String> faults) {
        final List<String> notes = new ArrayList<>();
        if (passedOver != null) {
            notes.add(passedOver);
        }
        if (!faults.isEmpty()) {
            notes.addAll(RecordingCheck.listed(faults));
            notes.add(name + ": left out " + faults.size() + ", as listed");
        }
        return List.copyOf(notes);
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

    /** What to call a file in a message. */
    static String file(final String name, final String path) {
        return name + (name.endsWith("/") ? "" : "/") + Printable.text(path);
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
