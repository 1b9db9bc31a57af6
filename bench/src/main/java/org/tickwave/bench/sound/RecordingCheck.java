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

/** Looks at the name and the header of every file that is called a recording, and notes why it cannot be used. */
final class RecordingCheck {
    private static final String EXPECTED =
        "expected label_anything.wav, all in the directory itself, or in directories named after labels";
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
     * Notes labels, rates and faults.
     *
     * @return samples a second of all good recordings; 0 if there is no good one
     */
    int check() throws IOException {
        final boolean flat = candidates.stream().noneMatch(candidate -> candidate.path.indexOf('/') >= 0);
        final ByteBuffer buffer = ByteBuffer.allocate(HEADER_BUFFER);
        for (final Candidate candidate : candidates) {
            candidate.label = label(candidate.path, flat);
            if (candidate.good() && candidate.label.isEmpty()) {
                candidate.fault = file(candidate) + ": has no label: " + EXPECTED;
            }
            if (candidate.good()) {
                readHeader(candidate, buffer);
            }
        }
        final int rate = commonestRate();
        for (final Candidate candidate : candidates) {
            if (candidate.good() && candidate.sampleRate != rate) {
                candidate.fault = file(candidate) + ": " + candidate.sampleRate + " samples a second: expected " + rate
                    + ", which is commonest in " + name;
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
            // An interrupt ends it all.
            throw e;
        } catch (final IOException e) {
            final String message = String.valueOf(e.getMessage());
            candidate.fault = message.startsWith(file) ? message : file + ": " + message;
        }
    }

    /** Of good recordings; the lowest of several. */
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

    /** Faults as lines for the user: at most twenty, and how many more there are. */
    static List<String> listed(final List<String> faults) {
        final List<String> listed = new ArrayList<>(faults.subList(0, Math.min(LISTED, faults.size())));
        if (faults.size() > LISTED) {
            listed.add("and " + (faults.size() - LISTED) + " more");
        }
        return listed;
    }

    /** That there are faults, in one line; the rest of it is in {@link StreamException#details()}. */
    static StreamException refusal(final String name, final List<String> faults, final boolean all) {
        if (faults.size() == 1 && !all) {
            return new StreamException(faults.getFirst() + "; --skip-bad leaves it out");
        }
        final String what = faults.size() == 1 ? " recording or directory" : " recordings or directories";
        return new StreamException(name + ": " + faults.size() + what + " cannot be used, as listed"
            + (all ? ", and there is no other: expected a good recording" : ": expected good recordings, or --skip-bad to leave these out"),
            listed(faults));
    }
}
