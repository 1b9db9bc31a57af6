package org.tickwave.bench.cli;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.tickwave.bench.sound.SoundDirectory;

/** Runs of every kind that a checkpoint has to keep, and what has to be the same in a run that was stopped. */
final class KeptRuns {
    /** What depends on the time, on the threads or on where the run was stopped. */
    private static final List<String> OTHERWISE = List.of("checkpoint", "checkpoints", "checkpoints_skipped", "checkpoint_pause_ns", "checkpoint_copy_ns",
        "resumed_frames", "resumed_ticks", "threads", "threads_why", "bands", "lane_bits", "seconds", "tick_ns", "allocated_bytes_per_tick", "audit");
    private static final String GRAPH = """
        {"inputs": [{"name": "now", "width": 256}, {"name": "change"}],
         "layers": [{"name": "low", "width": 24}, {"name": "high", "width": 17}],
         "outputs": [{"name": "top", "width": 100}, {"name": "bottom"}],
         "projections": [{"from": "now", "to": "low"}, {"from": "change", "to": "low"}, {"from": "low", "to": "high"},
          {"from": "high", "to": "top"}, {"from": "low", "to": "bottom"}, {"from": "low", "to": "top"}]}
        """;
    private static final String CYCLE = """
        {"balance": "recurrent", "inputs": [{"name": "in"}], "layers": [{"name": "one", "width": 12}, {"name": "two", "width": 9}],
         "outputs": [{"name": "out"}], "projections": [{"from": "in", "to": "one"}, {"from": "one", "to": "two"},
          {"from": "two", "to": "one"}, {"from": "two", "to": "out"}]}
        """;

    private KeptRuns() {
    }

    /** The options of each run, by a name. With a hold of 1, waves are under way between two frames. Each reads at most so many frames. */
    static Map<String, String> all(final Path folder, final int frames) throws IOException {
        final Map<String, String> runs = new LinkedHashMap<>();
        final String numbers = " --input " + numbers(folder, frames) + " --format f32:3@100 --layers 9,7";
        runs.put("numbers", numbers + " --normalise 50 --compare --hold 3 --answers-format csv");
        runs.put("waves", numbers + " --answer-from wave --answers-format json --rule window:2 --hold 1 --loop 3");
        runs.put("plain", numbers + " --answers-format f32 --hold 2 --audit 7");
        runs.put("video", " --input " + video(folder, frames) + " --layers 16 --compare --hold 2 --answers-format u8");
        final Path sounds = SoundDirectory.of(folder.resolve("sounds"), 8_000, 6, List.of("high", "low", "mid"));
        runs.put("speech", " --input " + sounds + " --layers 12,12 --loop 2 --compare --hold 1");
        runs.put("speech waves", " --input " + sounds + " --layers 12,12 --answer-from wave --normalise none --hold 1");
        runs.put("sound", " --input " + sounds.resolve("low_3.wav") + " --layers 12 --loop 4 --hold 1");
        final Path table = table(folder, frames);
        runs.put("rows", " --input " + table + " --label state --layers 8 --loop 2 --context 2 --compare");
        runs.put("rows at once", " --input " + table + " --label state --layers 8 --rule diffusion --answer-from wave --hold 1");
        runs.put("columns", " --input " + table + " --drop state --layers 8 --answers-format csv --loop 2");
        runs.put("graph", " --network " + Files.writeString(folder.resolve("graph.json"), GRAPH) + " --compare --hold 1");
        runs.put("cycle", numbers.replace(" --layers 9,7", "") + " --network " + Files.writeString(folder.resolve("cycle.json"), CYCLE)
            + " --hold 4 --answer-from wave");
        runs.put("made", " --layers 16 --hold 2");
        return runs;
    }

    /** A frame in fifty is bad. */
    private static Path numbers(final Path folder, final int frames) throws IOException {
        final ByteBuffer bytes = ByteBuffer.allocate(frames * 3 * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < frames * 3; i++) {
            bytes.putFloat(i % 150 == 77 ? Float.POSITIVE_INFINITY : (float) Math.sin(i / 3 * .1 + i % 3));
        }
        return Files.write(folder.resolve("numbers.raw"), bytes.array());
    }

    private static Path video(final Path folder, final int frames) throws IOException {
        final Random random = new Random(1);
        final byte[] pixels = new byte[64];
        final Path file = folder.resolve("clip.y4m");
        try (var out = Files.newOutputStream(file)) {
            out.write("YUV4MPEG2 W8 H8 F30:1 Cmono\n".getBytes(StandardCharsets.US_ASCII));
            for (int i = 0; i < frames; i++) {
                random.nextBytes(pixels);
                out.write("FRAME\n".getBytes(StandardCharsets.US_ASCII));
                out.write(pixels);
            }
        }
        return file;
    }

    /** Some cells are empty, some rows are bad. */
    private static Path table(final Path folder, final int rows) throws IOException {
        final StringBuilder text = new StringBuilder(MadeTable.HEADER);
        int number = 0;
        for (final String row : MadeTable.rows(rows / 2, 1).split("\n")) {
            number++;
            text.append(number % 17 == 0 ? row.replaceFirst(",[^,]*,", ",,") : number % 23 == 0 ? "oops," + row : row).append('\n');
        }
        return Files.writeString(folder.resolve("rows.csv"), text);
    }

    /** What has to be the same. */
    static JsonObject result(final JsonObject json) {
        final JsonObject result = json.deepCopy();
        OTHERWISE.forEach(result::remove);
        return result;
    }
}
