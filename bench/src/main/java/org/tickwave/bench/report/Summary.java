package org.tickwave.bench.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.tickwave.Engine;
import org.tickwave.Relaxation;
import org.tickwave.bench.stream.Printable;

/** Formats a report as lines of text: the result of learning, the delay of the answers, the use of the budget, what to try next. */
public final class Summary {
    private final Report report;
    private final RunDescription description;
    private final Report.Counts counts;
    private final Report.Times times;
    private final List<String> lines = new ArrayList<>();

    private Summary(final Report report) {
        this.report = report;
        description = report.description();
        counts = report.counts();
        times = report.times();
    }

    public static String of(final Report report) {
        final Summary summary = new Summary(report);
        summary.write();
        return String.join("\n", summary.lines);
    }

    private void line(final String label, final String format, final Object... values) {
        lines.add(aligned(label, format, values));
    }

    static String aligned(final String label, final String format, final Object... values) {
        return String.format(Locale.ROOT, "%-9s ", label) + String.format(Locale.ROOT, format, values);
    }

    private void write() {
        line("network", "%s, %s, rule %s%s, hold %d, rate %s, seed %d", description.networkText(),
            description.activations().isEmpty() ? "no hidden layer" : String.join("/", description.activations()), description.rule(),
            description.feedback().equals("transpose") ? "" : ", feedback " + description.feedback(), description.hold().ticks(), Units.number(description.rate()), description.seed());
        if (report.files().loaded() != null) {
            line("loaded", "%s", Printable.text(report.files().loaded()));
        }
        line("stream", "%s: %s frame%s of %d numbers, %s ticks in %.1f s%s", description.input(),
            Units.count(counts.frames()), counts.frames() == 1 ? "" : "s", description.width(), Units.count(counts.ticks()),
            times.seconds(), losses());
        kept();
        if (counts.table() != null && counts.table().firstBadRow() != null) {
            line("bad", "the first bad row: %s", counts.table().firstBadRow());
        }
        if (description.skippedRecordings() != null && description.skippedRecordings() > 0) {
            line("skipped", "%s bad recording%s", Units.count(description.skippedRecordings()),
                description.skippedRecordings() == 1 ? "" : "s");
        }
        if (description.hold().why() != null) {
            line("hold", "%s a frame: %s", ticks(description.hold().ticks()), description.hold().why());
        }
        lines.addAll(LearningLines.lines(report));
        lines.addAll(AuditLines.lines(report.audit()));
        answers();
        budget();
        relaxation();
        threads();
        line("image", "%s off-heap, %d-bit lanes, %s bytes allocated a tick, weights %s", Units.bytes(description.imageBytes()),
            description.laneBits(), Double.isNaN(report.bytesPerTick()) ? "no" : Units.count(Math.round(report.bytesPerTick())),
            report.weightsCrc() == null ? "cannot be read" : report.weightsCrc());
        saved();
        next();
    }

    /** Only without labels does a frame wait for the next one, which is part of its target. */
    private void answers() {
        final AnswerCounts written = report.answers();
        if (written != null) {
            line("wrote", "%s answers%s%s", Units.count(written.written()),
                written.refused() == 0 ? "" : ", " + Units.count(written.refused()) + " of them refused by the guard",
                written.dropped() == 0 ? "" : "; " + Units.count(written.dropped()) + " were dropped, because the reader was too slow");
        }
        final int latency = description.latency();
        final boolean waits = description.labels().isEmpty();
        line("answers", "arrive %s after their frame is fed%s%s%s", ticks(latency), when(latency),
            IntStream.of(description.network().outputs()).anyMatch(output -> description.latency(output) < latency) ? "; those of lower outputs earlier" : "",
            waits ? "; a frame is fed when its target, the next frame, has come" + duration(description.periodNs()) : "");
    }

    /** When the answer arrives, in terms of the clock. */
    private String when(final int latency) {
        if (description.clock() != Clock.BURST) {
            return duration(latency * description.budgetNs());
        }
        final int later = (latency - 1) / description.hold().ticks();
        return later == 0 ? ", in the same burst" : ", in the burst " + (later == 1 ? "one frame later" : later + " frames later");
    }

    private static String ticks(final int count) {
        return count + (count == 1 ? " tick" : " ticks");
    }

    /** A time in parentheses; empty without a pace. */
    private String duration(final double ns) {
        return description.live() ? " (" + Units.time(ns) + ')' : "";
    }

    /** A resumed run reports on the whole stream, but for its times. */
    private void kept() {
        final Checkpoints kept = report.files().kept();
        if (kept == null) {
            return;
        }
        if (kept.framesBefore() > 0) {
            line("resumed", "after %s frames and %s ticks; times, budget, late frames and allocated bytes are of the part since then",
                Units.count(kept.framesBefore()), Units.count(kept.ticksBefore()));
        }
        line("kept", "%s checkpoint%s in %s%s%s", Units.count(kept.written()), kept.written() == 1 ? "" : "s", kept.file(),
            kept.written() == 0 ? "" : "; longest pause " + Units.time(kept.pauseNs()),
            kept.skipped() == 0 ? "" : "; " + Units.count(kept.skipped()) + " left out, because the one before was still being written");
    }

    private long framesSince() {
        return counts.frames() - (report.files().kept() == null ? 0 : report.files().kept().framesBefore());
    }

    private void saved() {
        final String file = report.files().saved();
        if (file != null) {
            line("saved", "%s; to use it: --load %s --no-learn%s", Printable.text(file), Printable.text(file),
                report.unfinished() ? "; its weights are of an unfinished tick" : "");
        }
    }

    /** Whether a network with cycles learnt at a fixed point. */
    private void relaxation() {
        final Relaxation relaxation = report.relaxation();
        if (relaxation == null) {
            return;
        }
        final String settles = relaxation.settled() ? "settles in " + ticks(relaxation.ticks()) : "does not settle in " + ticks(relaxation.ticks());
        line("cycles", "the network %s of the last frame; a disturbance grows by a factor of %.3f in a tick%s", settles, relaxation.growth(),
            relaxation.contracts() ? relaxation.ticks() > description.hold().ticks() ? ": a longer --hold comes nearer to the fixed point" : ""
            : ". WARNING: the network does not contract, so it learns no gradient; a smaller --rate may help");
    }

    private void threads() {
        final Threads threads = description.threads();
        line("threads", "%d, idle %s%s", threads.count(), threads.idle(), threads.why() == null ? "" : ": " + threads.why());
        final List<Engine.Band> sampled = report.bands().stream().filter(band -> band.sampledTicks() > 0)
            .sorted(Comparator.comparingDouble(band -> (double) band.workedNs() / band.sampledTicks())).toList();
        if (report.bands().size() > 1 && !sampled.isEmpty()) {
            line("bands", "slowest: %s a tick; fastest: %s a tick", band(sampled.getLast()), band(sampled.getFirst()));
        }
    }

    private static String band(final Engine.Band band) {
        return String.format(Locale.ROOT, "layer%s, %s of work and %s of waiting", layers(band.layers()),
            Units.time((double) band.workedNs() / band.sampledTicks()), Units.time((double) band.waitedNs() / band.sampledTicks()));
    }

    /** The layers of a band follow each other. */
    private static String layers(final List<String> names) {
        return names.size() == 1 ? " " + names.getFirst() : "s " + names.getFirst() + " to " + names.getLast();
    }

    private String losses() {
        final StringBuilder text = new StringBuilder();
        append(text, counts.droppedFrames(), "dropped");
        append(text, counts.starvedFrames(), "starved");
        append(text, counts.badFrames(), "bad");
        if (counts.table() != null) {
            append(text, counts.table().filledNumbers(), "empty cells");
            append(text, counts.table().badRows(), "bad rows left out");
        }
        return text.toString();
    }

    private static void append(final StringBuilder text, final long count, final String what) {
        if (count > 0) {
            text.append(", ").append(Units.count(count)).append(' ').append(what);
        }
    }

    private void budget() {
        if (times.tickNs().getTotalCount() == 0) {
            return;
        }
        final double median = times.tickNs().getValueAtPercentile(50);
        final boolean burst = description.clock() == Clock.BURST;
        line("budget", "tick %s median, %s p99, %s p99.9, %s max; %s",
            Units.time(median), Units.time(times.tickNs().getValueAtPercentile(99)),
            Units.time(times.tickNs().getValueAtPercentile(99.9)), Units.time(times.tickNs().getMaxValue()), share(median));
        if (times.responseNs() != null) {
            line("late", "%s of %s %s; from scheduled start to %s: %s median, %s p99, %s p99.9",
                Units.count(times.late()), Units.count(burst ? framesSince() : times.tickNs().getTotalCount()),
                burst ? "frames" : "ticks", burst ? "answer" : "end",
                Units.time(times.responseNs().getValueAtPercentile(50)),
                Units.time(times.responseNs().getValueAtPercentile(99)),
                Units.time(times.responseNs().getValueAtPercentile(99.9)));
        }
        if (times.jitterNs() != null && times.jitterNs().getTotalCount() > 0) {
            line("jitter", "an empty loop at the same pace; from scheduled start to end: %s median, %s p99, %s p99.9, %s max",
                Units.time(times.jitterNs().getValueAtPercentile(50)), Units.time(times.jitterNs().getValueAtPercentile(99)),
                Units.time(times.jitterNs().getValueAtPercentile(99.9)), Units.time(times.jitterNs().getMaxValue()));
        }
    }

    /** What share of its time a median tick uses, or a frame with all its ticks. */
    private String share(final double medianNs) {
        if (Double.isNaN(description.budgetNs())) {
            return ticks(description.hold().ticks()) + " a frame";
        }
        final String share = Units.percent(medianNs / description.budgetNs());
        return description.clock() == Clock.SPREAD || description.hold().ticks() == 1
            ? "the median is " + share + " of the " + Units.time(description.budgetNs()) + " budget"
            : description.hold().ticks() + " of them use " + share + " of the " + Units.time(description.periodNs()) + " between frames";
    }

    private void next() {
        if (report.guardTrip() != null) {
            line("stopped", "numbers went bad in layer %s, tick %d; the weights are finite; %s",
                description.network().name(report.guardTrip().layer()), report.guardTrip().tick(), report.advice());
        } else if (description.threads().count() > description.threads().processors()) {
            line("try", "--threads %d, one for each processor", description.threads().processors());
        } else if (counts.droppedFrames() > counts.frames()) {
            line("try", "--pace none, to read every frame of a pipe that is faster than the frame clock");
        } else if (!report.scores().enough()) {
            final boolean unlabelled = !description.labels().isEmpty() && report.scores().losses().count() == 0;
            line("try", unlabelled && report.answers() == null ? "--answers FILE, for the answers to rows without a label" : "a longer stream");
        } else if (description.live() && times.tickNs().getValueAtPercentile(99) > description.budgetNs()) {
            line("try", "fewer or narrower " + description.layersText() + ", a shorter --hold, or a lower --fps");
        } else if (description.learn() && !report.scores().gained()) {
            line("try", description.normalises() || !description.labels().isEmpty() ? "more frames, another --rate, or --compare"
                : "--normalise, more frames, another --rate, or --compare");
        } else if (!description.compare() && description.learn()) {
            line("try", "--compare, for sequential backprop on the same pairs");
        } else if (description.learn()) {
            line("try", "another --rule, for comparison");
        }
    }
}
