package org.tickwave.bench.sound;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/** Makes directories of WAV files for tests. Each label is a pitch with some noise. */
public final class SoundDirectory {
    private static final double LOWEST_HZ = 300;

    private SoundDirectory() {
    }

    /**
     * Fills a directory.
     *
     * @param each number of recordings of each label
     * @return the directory
     */
    public static Path of(final Path directory, final int rate, final int each, final List<String> labels) throws IOException {
        Files.createDirectories(directory);
        for (int label = 0; label < labels.size(); label++) {
            for (int i = 0; i < each; i++) {
                final Random random = new Random(1_000L * label + i);
                final float[] samples = new float[rate / 8 + random.nextInt(rate / 8)];
                for (int s = 0; s < samples.length; s++) {
                    samples[s] = (float) (.5 * Math.sin(2 * Math.PI * LOWEST_HZ * (label + 1) * s / rate)
                        + .05 * random.nextGaussian());
                }
                Files.write(directory.resolve(labels.get(label) + "_" + i + ".wav"), Wav.of(rate, samples));
            }
        }
        return directory;
    }
}
