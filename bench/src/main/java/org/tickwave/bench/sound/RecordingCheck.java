package org.tickwave.bench.sound;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tickwave.bench.stream.Bytes;
import org.tickwave.bench.stream.Labels;
import org.tickwave.bench.stream.StreamException;

/** Checks the name and the header of every candidate, and notes the faults. */
final class RecordingCheck {
    private static final String EXPECTED =
        "expected files label_anything.wav, or a directory for each label";
    private static final int HEADER_BUFFER = 4_096;
    private static final int LISTED = 20;

    private final String name;
    private final Path path;
    private final List<Candidate> candidates;

    RecordingCheck(final String name, final Path path, final List<Candidate> candidates) {
        this.name = name;
        this.path = path;
        this.candidates = candidates;
    }

    /**
     * Sets the label, sample rate and fault of each candidate.
     *
     * @return sample rate of all good recordings; 0 if there is no good recording
     */
    int check() throws IOException {
        final boolean flat = candidates.stream().noneMatch(candidate -> candidate.path.indexOf('/') >= 0);
        final ByteBuffer buffer = ByteBuffer.allocate(HEADER_BUFFER);
        for (final Candidate candidate : candidates) {
            candidate.label = label(candidate.path, flat);
            if (candidate.good() && candidate.label.isEmpty()) {
                candidate.fault = file(candidate) + ": no label: " + EXPECTED;
            }
            if (candidate.good()) {
                readHeader(candidate, buffer);
            }
        }
        final int rate = commonestRate();
        for (final Candidate candidate : candidates) {
            if (candidate.good() && candidate.sampleRate != rate) {
                candidate.fault = file(candidate) + ": " + candidate.sampleRate + " samples a second: expected " + rate
                    + ", the commonest rate in " + name;
            }
        }
        return rate;
    }

    private String file(final Candidate candidate) {
        return RecordingDirectory.file(name, candidate.path);
    }

    private static String label(final String path, final boolean flat) {
        final int slash = path.lastIndexOf('/');
        return Labels.nfc(flat
            ? path.substring(0, Math.max(0, path.indexOf('_')))
            : path.substring(path.lastIndexOf('/', slash - 1) + 1, Math.max(0, slash)));
    }

    private void readHeader(final Candidate candidate, final ByteBuffer buffer) throws IOException {
        final String file = file(candidate);
        try (FileChannel channel = Bytes.channel(file, path.resolve(candidate.path))) {
            candidate.sampleRate = WavHeader.read(new Bytes(file, channel, buffer), channel.size()).sampleRate();
        } catch (final ClosedChannelException e) {
            // An interrupt closed the channel: the file is not bad.
            throw e;
        } catch (final IOException e) {
            final String message = String.valueOf(e.getMessage());
            candidate.fault = message.startsWith(file) ? message : file + ": " + message;
        }
    }

    /** The commonest sample rate of the good recordings. If several rates are equally common, the lowest of them. */
    private int commonestRate() {
        final Map<Integer, Integer> counts = new TreeMap<>();
        candidates.stream().filter(Candidate::good).forEach(candidate -> counts.merge(candidate.sampleRate, 1, Integer::sum));
        int commonest = 0;
        for (final Map.Entry<Integer, Integer> rate : counts.entrySet()) {
            if (commonest == 0 || rate.getValue() > counts.get(commonest)) {
                commonest = rate.getKey();
            }
        }
        return commonest;
    }

    /** Faults as lines for the user: the first twenty, and the number of the others. */
    static List<String> listed(final List<String> faults) {
        final List<String> listed = new ArrayList<>(faults.subList(0, Math.min(LISTED, faults.size())));
        if (faults.size() > LISTED) {
            listed.add("and " + (faults.size() - LISTED) + " more");
        }
        return listed;
    }

    /**
     * A message of one line about the faults. {@link StreamException#details()} lists the faults.
     *
     * @param all whether there is no good recording
     */
    static StreamException refusal(final String name, final List<String> faults, final boolean all) {
        if (faults.size() == 1 && !all) {
            return new StreamException(faults.getFirst() + "; --skip-bad leaves out bad recordings");
        }
        return new StreamException(name + ": " + count(faults) + ", listed above"
            + (all ? ", and no good recording: expected at least one" : ": expected good recordings, or --skip-bad to leave out bad ones"),
            listed(faults));
    }

    /** The number of faults, in words. */
    static String count(final List<String> faults) {
        return faults.size() + (faults.size() == 1 ? " bad recording or directory" : " bad recordings or directories");
    }
}
