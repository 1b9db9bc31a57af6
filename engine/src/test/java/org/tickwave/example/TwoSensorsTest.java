package org.tickwave.example;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.tickwave.Context;
import org.tickwave.Engine;

class TwoSensorsTest {
    private static final int FRAMES = 20;

    @Test
    void everyFrameIsAnsweredInItsTurn() {
        final List<Long> answered = new ArrayList<>();
        try (Engine engine = Engine.open(TwoSensors.network(), new Context())) {
            TwoSensors.drive(engine, new TwoSensors.Plant() {
                private final Random random = new Random(1);
                private int frames;

                @Override
                public boolean read(final float[] image, final float[] turn, final float[] next) {
                    image[random.nextInt(image.length)] = random.nextFloat();
                    turn[random.nextInt(turn.length)] = random.nextFloat();
                    return frames++ < FRAMES;
                }

                @Override
                public boolean named(final float[] label) {
                    label[0] = 1;
                    return random.nextInt(5) == 0;
                }

                @Override
                public void act(final long frame, final MemorySegment label) {
                    assertEquals(10 * Float.BYTES, label.byteSize());
                    answered.add(frame);
                }
            });
        }
        assertEquals(LongStream.rangeClosed(1, FRAMES - 2).boxed().toList(), answered, "an answer takes three ticks");
    }
}
