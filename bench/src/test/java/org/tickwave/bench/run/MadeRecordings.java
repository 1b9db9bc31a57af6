package org.tickwave.bench.run;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.tickwave.bench.stream.Features;
import org.tickwave.bench.stream.FrameStream;
import org.tickwave.bench.stream.Recording;

/** Labelled recordings for tests. Every label has a slow wave with its own pattern and noise, in large numbers. */
public final class MadeRecordings implements FrameStream {
    static final int WIDTH = 8;

    private final long seed;
    private final int lie;
    private final List<String> labels;
    private final List<Recording> recordings = new ArrayList<>();
    private final List<Integer> sounds = new ArrayList<>();
    private final Random noise;
    private int at;
    private int sound;
    private int frame;
    private int frames;
    private Recording recording;

    public MadeRecordings(final long seed, final int labels, final int recordings) {
        this(seed, labels, recordings, 0);
    }

    /** @param lie number that is added to the labels of held-out recordings */
    public MadeRecordings(final long seed, final int labels, final int recordings, final int lie) {
        this.seed = seed;
        this.lie = lie;
        this.labels = IntStream.range(0, labels).mapToObj(i -> "label" + i).toList();
        final List<Integer> order = new ArrayList<>(IntStream.range(0, recordings).boxed().toList());
        Collections.shuffle(order, new Random(seed));
        for (int i = 0; i < recordings; i++) {
            final boolean heldOut = i % 5 == 4;
            sounds.add(order.get(i) % labels);
            final int label = (order.get(i) + (heldOut ? lie : 0)) % labels;
            this.recordings.add(new Recording(this.labels.get(label) + "_" + order.get(i), this.labels.get(label), label, heldOut,
                i >= recordings / 2));
        }
        noise = new Random(seed + 1);
    }

    /** The same recordings, from the start. */
    public MadeRecordings again() {
        return new MadeRecordings(seed, labels.size(), recordings.size(), lie);
    }

    @Override
    public String name() {
        return "made recordings";
    }

    @Override
    public int width() {
        return WIDTH;
    }

    @Override
    public double framesPerSecond() {
        return 100;
    }

    @Override
    public Features features() {
        return Features.of(8_000);
    }

    @Override
    public List<String> labels() {
        return labels;
    }

    @Override
    public Recording recording() {
        return recording;
    }

    @Override
    public boolean read(final float[] to) {
        if (frame == frames) {
            if (at == recordings.size()) {
                return false;
            }
            sound = sounds.get(at);
            recording = recordings.get(at++);
            frame = 0;
            frames = 8 + noise.nextInt(8);
        }
        final Random pattern = new Random(sound);
        for (int i = 0; i < WIDTH; i++) {
            to[i] = (float) (50 + 20 * (pattern.nextGaussian() * Math.sin(frame * .4 + i) + noise.nextGaussian()));
        }
        frame++;
        return true;
    }

    @Override
    public void close() {
        // Nothing to close.
    }
}
