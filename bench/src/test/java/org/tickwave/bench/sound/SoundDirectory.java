package org.tickwave.bench.sound;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/** Folders of WAV for tests of what runs on them: each label is a pitch, under some noise. */
public final class SoundDirectory {
    private static final double LOWEST_HZ = 300;

    private SoundDirectory() {
    }

    /**
     * Fills a folder.
     *
     * @param each recordings of each label
     * @return the folder
     */
    public static Path of(final Path folder, final int rate, final int each, final List<String> labels) throws IOException {
        Files.createDirectories(folder);
        for (int label = 0; label < labels.size(); label++) {
            for (int i = 0; i < each; i++) {
                final Random random = new Random(1_000L * label + i);
                final float[] samples = new float[rate / 8 + random.nextInt(rate / 8)];
                for (int s = 0; s < samples.length; s++) {
                    samples[s] = (float) (.5 * Math.sin(2 * Math.PI * LOWEST_HZ * (label + 1) * s / rate)
                        + .05 * random.nextGaussian());
                }
                Files.write(folder.resolve(labels.get(label) + "_" + i + ".wav"), Wav.of(rate, samples));
            }
        }
        return folder;
    }
}
