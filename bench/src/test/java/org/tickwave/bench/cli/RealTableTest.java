package org.tickwave.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tickwave.bench.stream.Streams;

/** The electricity table, and the heart in another unit. */
@Timeout(300)
class RealTableTest {
    private static final String HEART = " --format f32:2@360 --frames 30000 --pace none --input ";

    @TempDir
    private Path folder;

    @Test
    void theElectricityTableIsLearntBetterThanByItsLastLabel() {
        final JsonObject json = Outcome.json("--input " + Streams.real("elec.csv") + " --label class --pace none --compare");
        assertEquals(45_312, json.get("scored_frames").getAsLong());
        final double accuracy = json.get("accuracy").getAsDouble();
        final double lastLabel = json.getAsJsonObject("last_label").get("accuracy").getAsDouble();
        assertEquals(.853, lastLabel, .001);
        assertTrue(accuracy >= .89 && accuracy > lastLabel, json.toString());
        assertTrue(json.get("accuracy_last_quarter").getAsDouble() > .85, json.toString());
        final double linear = json.getAsJsonObject("linear").get("accuracy").getAsDouble();
        assertTrue(linear > .75 && linear < .95, json.toString());
        assertTrue(json.getAsJsonObject("commonest_label").get("accuracy").getAsDouble() < .6, json.toString());
    }

    private Path thousandfold(final Path heart) throws IOException {
        final ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(heart)).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < bytes.capacity(); i += Float.BYTES) {
            bytes.putFloat(i, 1_000 * bytes.getFloat(i));
        }
        return Files.write(folder.resolve("microvolts.raw"), bytes.array());
    }

    private static double share(final JsonObject json) {
        assertEquals(0, json.get("guard_trips").getAsLong());
        return json.get("loss_last_quarter").getAsDouble() / json.get("no_change_loss").getAsDouble();
    }

    @Test
    void theHeartInAnotherUnitIsLearntAsWellIfItIsNormalised() throws IOException {
        final Path heart = Streams.real("ecg_f32x2_360hz.raw");
        final Path large = thousandfold(heart);
        final double share = share(Outcome.json("--normalise" + HEART + heart));
        final double ofLarge = share(Outcome.json("--normalise" + HEART + large));
        assertTrue(share < .5, "share " + share);
        assertTrue(ofLarge <= 1.3 * share, ofLarge + " and " + share);
        final Outcome outcome = Outcome.run("--json" + HEART + large);
        assertEquals(1, outcome.exit());
        assertEquals("guard", outcome.json().get("end").getAsString());
        outcome.assertOneLine("numbers went bad", "--normalise");
        final String summary = Outcome.run(HEART + large).out();
        assertTrue(summary.lines().anyMatch(line -> line.startsWith("stopped ") && line.contains("--normalise")), summary);
    }
}
