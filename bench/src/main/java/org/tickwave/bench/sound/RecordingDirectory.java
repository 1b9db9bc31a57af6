package org.tickwave.bench.sound;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.tickwave.bench.keep.RunningCrc;
import org.tickwave.bench.stream.Bytes;
import org.tickwave.bench.stream.Features;
import org.tickwave.bench.stream.Labels;
import org.tickwave.bench.stream.Printable;
import org.tickwave.bench.stream.Recording;
import org.tickwave.bench.stream.StreamException;

/**
 * A directory of labelled recordings. {@link RecordingSearch} finds the files, {@link RecordingCheck} checks them. All files, good
 * or bad, are sorted by path and shuffled by a seed; every fifth file is held out. Only then are bad files left out, so bad files do
 * not move good files.
 *
 * @param name       the directory's name in messages
 * @param path       the directory
 * @param recordings the recordings in the order of play
 * @param labels     the labels by index; sorted by code points, unless the caller gave the labels
 * @param features   the features of all recordings
 * @param skipped    number of bad files and directories that were left out
 * @param notes      lines for the user: which files and directories were ignored or left out
 */
public record RecordingDirectory(
    String name, Path path, List<Recording> recordings, List<String> labels, Features features, int skipped, List<String> notes) {
    private static final int HELD_OUT = 5;

    /**
     * Finds and checks all recordings.
     *
     * @param given   the allowed labels by index; null to take the labels of the recordings
     * @param skipBad whether bad files and directories are left out; otherwise the whole directory is refused
     * @throws StreamException if a file or directory is bad, or the labels cannot be learnt
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
                    + ": expected a label of the model: " + shown(classes));
            }
        }
        return new RecordingDirectory(name, path, shuffled(candidates, indices, seed), classes, Features.of(rate), faults.size(),
            notes(search.ignored(), name, faults));
    }

    private static List<Recording> shuffled(final List<Candidate> candidates, final Map<String, Integer> indices, final long seed) {
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

    /** A CRC of the recordings in the order of play, with their lengths. */
    public int listCrc() throws IOException {
        final RunningCrc crc = new RunningCrc();
        for (final Recording recording : recordings) {
            crc.update(ByteBuffer.wrap((recording + " " + Files.size(path.resolve(recording.path())) + "\n").getBytes(StandardCharsets.UTF_8)));
        }
        return crc.value();
    }

    private static List<String> notes(final String ignored, final String name, final List<String> faults) {
        final List<String> notes = new ArrayList<>();
        if (ignored != null) {
            notes.add(ignored);
        }
        if (!faults.isEmpty()) {
            notes.addAll(RecordingCheck.listed(faults));
            notes.add(name + ": left out " + RecordingCheck.count(faults) + ", listed above");
        }
        return List.copyOf(notes);
    }

    private static List<String> classes(final String name, final List<String> labels) throws StreamException {
        final Set<String> classes = new TreeSet<>(Labels.BY_CODE_POINTS);
        classes.addAll(labels);
        if (classes.size() == labels.size()) {
            throw new StreamException(name + ": every label has only one recording: expected several recordings of each label");
        }
        if (classes.size() == 1) {
            throw new StreamException(name + ": all " + labels.size() + " recordings have the label "
                + Printable.text(labels.get(0)) + ": expected at least two labels");
        }
        return List.copyOf(classes);
    }

    private static String shown(final List<String> classes) {
        return Printable.text(String.join(", ", classes));
    }

    /** The name of a file in messages. */
    static String file(final String name, final String path) {
        return name + (name.endsWith("/") ? "" : "/") + Printable.text(path);
    }

    /**
     * Opens a recording of this directory.
     *
     * @param buffer read buffer; used by the returned stream
     * @param logMel used by the returned stream
     * @throws StreamException if the file has changed since it was checked, and is now bad
     */
    WavStream open(final Recording recording, final ByteBuffer buffer, final LogMel logMel) throws IOException {
        final String file = file(name, recording.path());
        final FileChannel channel = Bytes.channel(file, path.resolve(recording.path()));
        try {
            final Bytes bytes = new Bytes(file, channel, buffer);
            final WavHeader header = WavHeader.read(bytes, channel.size());
            if (header.sampleRate() != features.sampleRate()) {
                throw new StreamException(file + ": the sample rate has changed to " + header.sampleRate() + ": expected "
                    + features.sampleRate());
            }
            return new WavStream(bytes, header, logMel);
        } catch (final IOException e) {
            channel.close();
            throw e;
        }
    }
}
