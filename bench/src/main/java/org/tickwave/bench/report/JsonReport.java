package org.tickwave.bench.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.Locale;
import org.HdrHistogram.Histogram;
import org.tickwave.Engine;
import org.tickwave.bench.json.Json;
import org.tickwave.bench.scale.Normaliser;
import org.tickwave.bench.score.ChangeScores;
import org.tickwave.bench.score.Measure;
import org.tickwave.bench.score.Models;
import org.tickwave.bench.score.SeveralScores;
import org.tickwave.bench.stream.TableCounts;

/** Formats a report as one JSON object. A value that does not apply is null. */
public final class JsonReport {
    private JsonReport() {
    }

    public static String of(final Report report, final String version) {
        return Json.INDENTED.toJson(json(report, version));
    }

    private static void kept(final JsonObject json, final Checkpoints kept) {
        json.addProperty("checkpoint", kept == null ? null : kept.file());
        json.addProperty("checkpoints", kept == null ? null : kept.written());
        json.addProperty("checkpoints_skipped", kept == null ? null : kept.skipped());
        json.addProperty("checkpoint_pause_ns", kept == null ? null : kept.pauseNs());
        json.addProperty("checkpoint_copy_ns", kept == null ? null : kept.copyNs());
        json.addProperty("resumed_frames", kept == null ? null : kept.framesBefore());
        json.addProperty("resumed_ticks", kept == null ? null : kept.ticksBefore());
    }

    /** The same in one line. */
    public static String line(final Report report, final String version) {
        return Json.LINE.toJson(json(report, version));
    }

    private static JsonObject json(final Report report, final String version) {
        final RunDescription description = report.description();
        final JsonObject json = new JsonObject();
        json.addProperty("version", version);
        json.addProperty("input", description.input());
        json.addProperty("loaded", report.files().loaded());
        json.addProperty("saved", report.files().saved());
        kept(json, report.files().kept());
        json.addProperty("image", report.files().image());
        json.addProperty("task", description.task());
        json.add("labels", description.labels().isEmpty() ? JsonNull.INSTANCE : Json.INDENTED.toJsonTree(description.labels()));
        json.add("columns", description.columns().isEmpty() ? JsonNull.INSTANCE : Json.INDENTED.toJsonTree(description.columns()));
        json.addProperty("label", description.labelColumn());
        json.addProperty("skipped_recordings", description.skippedRecordings());
        json.addProperty("context", description.context());
        json.addProperty("gain", description.labels().isEmpty() ? description.gain() : null);
        json.add("normalise", description.normalise() == Normaliser.ALL_FRAMES ? new JsonPrimitive("all")
            : description.normalises() ? new JsonPrimitive(description.normalise()) : JsonNull.INSTANCE);
        json.addProperty("unit", !description.labels().isEmpty() ? null : description.normalises() ? "deviation / gain" : "stream / gain");
        json.addProperty("rule", description.rule().toString());
        json.addProperty("feedback", description.feedback());
        json.addProperty("relaxation_settled", report.relaxation() == null ? null : report.relaxation().settled());
        json.addProperty("relaxation_ticks", report.relaxation() == null ? null : report.relaxation().ticks());
        json.add("relaxation_growth", number(report.relaxation() == null ? Double.NaN : report.relaxation().growth()));
        json.addProperty("hold", description.hold().ticks());
        json.addProperty("hold_why", description.hold().why());
        json.addProperty("rate", description.rate());
        json.addProperty("learn", description.learn());
        json.addProperty("activation", description.activations().size() == 1 ? description.activations().getFirst() : null);
        json.add("layers", description.graph() == null ? JsonNull.INSTANCE : Json.INDENTED.toJsonTree(description.graph().names()));
        json.add("widths", widths(description));
        json.addProperty("lane_bits", description.laneBits());
        json.addProperty("seed", description.seed());
        json.addProperty("threads", description.threads().count());
        json.addProperty("threads_why", description.threads().why());
        json.addProperty("processors", description.threads().processors());
        json.addProperty("idle", description.threads().idle());
        json.add("bands", bands(report));
        json.addProperty("end", report.end().name().toLowerCase(Locale.ROOT));
        json.addProperty("seconds", report.times().seconds());
        json.addProperty("pace", description.live() ? "live" : "none");
        json.addProperty("clock", description.live() ? description.clock().option() : null);
        json.addProperty("frames", report.counts().frames());
        json.addProperty("ticks", report.counts().ticks());
        json.add("fps", number(description.fps()));
        json.add("budget_ns", number(description.budgetNs()));
        json.add("tick_ns", percentiles(report.times().tickNs()));
        json.add("response_ns", percentiles(report.times().responseNs()));
        json.add("jitter_ns", percentiles(report.times().jitterNs()));
        json.addProperty("late_ticks", description.clock() == Clock.SPREAD ? report.times().late() : null);
        json.addProperty("late_frames", description.clock() == Clock.BURST ? report.times().late() : null);
        json.addProperty("dropped_frames", report.counts().droppedFrames());
        json.addProperty("starved_frames", description.clock() == Clock.SPREAD ? report.counts().starvedFrames() : null);
        json.addProperty("bad_frames", report.counts().badFrames());
        final TableCounts table = report.counts().table();
        json.addProperty("filled_numbers", table == null ? null : table.filledNumbers());
        json.addProperty("bad_rows", table == null ? null : table.badRows());
        json.addProperty("first_bad_row", table == null ? null : table.firstBadRow());
        json.addProperty("guard_trips", report.guardTrips() == Report.UNKNOWN ? null : report.guardTrips());
        json.addProperty("scored_frames", report.scores().losses().count());
        losses(json, report.scores(), Models.NETWORK);
        JsonClasses.add(json, report.scores());
        json.add("outputs", JsonOutputs.of(report));
        json.add("taught_before_answer", JsonClasses.taughtBeforeAnswer(report.taughtBeforeAnswer()));
        json.add("allocated_bytes_per_tick", number(report.bytesPerTick()));
        json.addProperty("weights_crc32c", report.weightsCrc());
        json.addProperty("unfinished", report.unfinished());
        json.addProperty("answers_crc32c", report.answersCrc());
        final AnswerCounts answers = report.answers();
        json.addProperty("answers", answers == null ? null : answers.written());
        json.addProperty("refused_answers", answers == null ? null : answers.refused());
        json.addProperty("dropped_answers", answers == null ? null : answers.dropped());
        json.add("answers_mse", number(answers == null ? Double.NaN : answers.mse()));
        json.add("audit", JsonAudit.of(report.audit()));
        json.addProperty("image_bytes", description.imageBytes());
        json.add("backprop", reference(report, Models.BACKPROP));
        json.add("linear", reference(report, report.scores().bestLinear()));
        return json;
    }

    private static JsonArray widths(final RunDescription description) {
        final JsonArray widths = new JsonArray();
        for (int l = 0; l <= description.network().last(); l++) {
            widths.add(description.network().width(l));
        }
        return widths;
    }

    private static JsonArray bands(final Report report) {
        final JsonArray bands = new JsonArray();
        for (final Engine.Band band : report.bands()) {
            final JsonObject json = new JsonObject();
            final JsonArray layers = new JsonArray();
            band.layers().forEach(layers::add);
            json.add("layers", layers);
            json.addProperty("cost_share", band.costShare());
            json.addProperty("sampled_ticks", band.sampledTicks());
            json.add("worked_ns_per_tick", number((double) band.workedNs() / band.sampledTicks()));
            json.add("waited_ns_per_tick", number((double) band.waitedNs() / band.sampledTicks()));
            bands.add(json);
        }
        return bands;
    }

    static void losses(final JsonObject json, final Measure scores, final int channel) {
        json.add("loss_first_quarter", number(scores.losses().firstQuarter(channel)));
        json.add("loss_last_quarter", number(scores.losses().lastQuarter(channel)));
        json.add("no_change_loss", switch (scores) {
            case final ChangeScores changes -> number(changes.losses().lastQuarter(changes.noChange()));
            case final SeveralScores several when several.ofChanges() -> number(several.losses().lastQuarter(several.noChange()));
            default -> JsonNull.INSTANCE;
        });
    }

    private static JsonElement reference(final Report report, final int model) {
        if (report.references().isEmpty()) {
            return JsonNull.INSTANCE;
        }
        final Report.Reference reference = report.reference(model);
        final JsonObject json = new JsonObject();
        json.addProperty("rate", reference.rate());
        losses(json, report.scores(), model);
        JsonClasses.addAccuracies(json, report.scores(), model);
        json.addProperty("guard_trips", reference.guardTrips());
        json.addProperty("weights_crc32c", reference.weightsCrc());
        return json;
    }

    static JsonElement percentiles(final Histogram histogram) {
        if (histogram == null || histogram.getTotalCount() == 0) {
            return JsonNull.INSTANCE;
        }
        final JsonObject json = new JsonObject();
        json.addProperty("p50", histogram.getValueAtPercentile(50));
        json.addProperty("p99", histogram.getValueAtPercentile(99));
        json.addProperty("p999", histogram.getValueAtPercentile(99.9));
        json.addProperty("max", histogram.getMaxValue());
        return json;
    }

    /** Null in place of NaN and infinity, which JSON does not have. */
    static JsonElement number(final double value) {
        return Double.isFinite(value) ? new JsonPrimitive(value) : JsonNull.INSTANCE;
    }
}
