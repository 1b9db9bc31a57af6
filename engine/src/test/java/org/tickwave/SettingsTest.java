package org.tickwave;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tickwave.layout.ImageLayout;
import org.tickwave.layout.SettingsDescriptor;

/** Every setting is in the image after the call that sets it, and in a commit's line after the commit. */
class SettingsTest {
    private static final Network NETWORK = Network.chain(3, 4, 2).build();
    private static final float[] FRAME = {.1f, .2f, .3f};
    private static final float[] TARGET = {.4f, .5f};
    private static final int HOLD = 4;

    private final ImageArena arena = new ImageArena(Arena.ofShared());
    private final Engine engine = Engine.open(NETWORK, new Context().arena(arena).bands(2).hold(HOLD).rate(.5f));
    private final long settings =
        new ImageLayout(NETWORK.geometry(Rule.aligned().on(NETWORK.wiring()), 0)).settings();

    @AfterEach
    void close() {
        engine.close();
        arena.close();
    }

    /** The source's line: commits, frame, held; then what the next commit gets: rate, learning, origin, on and off. */
    private void expectSource(
        final long taken, final long frame, final int held, final float rate, final int learning, final long origin,
        final long onSince, final long offSince) {
        assertEquals(
            "commits " + taken + ", frame " + frame + ", held " + held + ", rate " + -rate / HOLD + ", learning " + learning
                + ", origin " + origin + ", on since " + onSince + ", off since " + offSince,
            "commits " + word(settings + SettingsDescriptor.TAKEN_OFFSET)
                + ", frame " + word(settings + SettingsDescriptor.FRAME_OFFSET)
                + ", held " + half(settings + SettingsDescriptor.HELD_OFFSET)
                + ", rate " + number(settings + SettingsDescriptor.MINUS_RATE_OFFSET)
                + ", learning " + half(settings + SettingsDescriptor.LEARNING_OFFSET)
                + ", origin " + word(settings + SettingsDescriptor.ORIGIN_OFFSET)
                + ", on since " + word(settings + SettingsDescriptor.ON_SINCE_OFFSET)
                + ", off since " + word(settings + SettingsDescriptor.OFF_SINCE_OFFSET));
    }

    private void expectCommit(
        final int number, final long end, final float rate, final int learning, final long origin, final long onSince) {
        final long commit = settings + SettingsDescriptor.commit(number);
        assertEquals(
            "end " + end + ", rate " + -rate / HOLD + ", learning " + learning + ", origin " + origin + ", on since " + onSince,
            "end " + word(commit + SettingsDescriptor.COMMIT_END_OFFSET)
                + ", rate " + number(commit + SettingsDescriptor.COMMIT_MINUS_RATE_OFFSET)
                + ", learning " + half(commit + SettingsDescriptor.COMMIT_LEARNING_OFFSET)
                + ", origin " + word(commit + SettingsDescriptor.COMMIT_ORIGIN_OFFSET)
                + ", on since " + word(commit + SettingsDescriptor.COMMIT_ON_SINCE_OFFSET));
    }

    private long word(final long at) {
        return arena.image().get(ValueLayout.JAVA_LONG, at);
    }

    private int half(final long at) {
        return arena.image().get(ValueLayout.JAVA_INT, at);
    }

    private float number(final long at) {
        return arena.image().get(ValueLayout.JAVA_FLOAT, at);
    }

    private void ticks(final int count) {
        engine.input(FRAME).target(TARGET).advance(count);
    }

    @Test
    void aNewImageHasTheSettingsOfTheContext() {
        expectSource(0, 0, 0, .5f, 1, 0, 0, 0);
        expectCommit(0, 0, -0f, 0, 0, 0);
        expectCommit(1, 0, -0f, 0, 0, 0);
        final ImageArena off = new ImageArena(Arena.ofConfined());
        try (off; Engine other = Engine.open(NETWORK, new Context().arena(off).learning(false))) {
            assertEquals(0, other.ticks());
            assertEquals(0, off.image().get(ValueLayout.JAVA_INT, settings + SettingsDescriptor.LEARNING_OFFSET));
            assertEquals(-1e-2f, off.image().get(ValueLayout.JAVA_FLOAT, settings + SettingsDescriptor.MINUS_RATE_OFFSET));
        }
    }

    @Test
    void commitsTakeTurns() {
        ticks(1);
        expectSource(1, 1, 1, .5f, 1, 0, 0, 0);
        expectCommit(0, 1, .5f, 1, 0, 0);
        expectCommit(1, 0, -0f, 0, 0, 0);
        ticks(3);
        expectSource(2, 2, 1, .5f, 1, 0, 0, 0);
        expectCommit(0, 1, .5f, 1, 0, 0);
        expectCommit(1, 4, .5f, 1, 0, 0);
        engine.advance(2);
        expectSource(3, 2, 1, .5f, 1, 0, 0, 0);
        expectCommit(2, 6, .5f, 1, 0, 0);
        expectCommit(1, 4, .5f, 1, 0, 0);
    }

    @Test
    void aRateWaitsForTheNextCommit() {
        ticks(1);
        engine.rate(.25f);
        expectSource(1, 1, 1, .25f, 1, 0, 0, 0);
        expectCommit(0, 1, .5f, 1, 0, 0);
        engine.tick();
        expectCommit(0, 1, .5f, 1, 0, 0);
        expectCommit(1, 2, .25f, 1, 0, 0);
    }

    @Test
    void learningOffAndOnIsDated() {
        ticks(3);
        engine.learning(false);
        expectSource(1, 1, 1, .5f, 0, 0, 0, 3);
        engine.learning(true);
        expectSource(1, 1, 1, .5f, 1, 0, 0, 3);
        engine.learning(false);
        engine.tick();
        expectCommit(1, 4, .5f, 0, 0, 0);
        engine.learning(false);
        expectSource(2, 1, 1, .5f, 0, 0, 0, 3);
        engine.learning(true);
        expectSource(2, 1, 1, .5f, 1, 0, 4, 3);
        engine.learning(true);
        engine.tick();
        expectCommit(2, 5, .5f, 1, 0, 4);
        expectSource(3, 1, 1, .5f, 1, 0, 4, 3);
    }

    @Test
    void aResetForgetsTheFrameAndBeginsAnew() {
        ticks(5);
        engine.reset();
        expectSource(1, 1, 0, .5f, 1, 5, 0, 0);
        assertThrows(IllegalStateException.class, engine::commit);
        expectSource(1, 1, 0, .5f, 1, 5, 0, 0);
        ticks(1);
        expectSource(2, 2, 1, .5f, 1, 5, 0, 0);
        expectCommit(1, 6, .5f, 1, 5, 0);
    }

    @Test
    void weightsThatAreSetBeginAnew() {
        ticks(2);
        engine.setWeights(1, new float[12], new float[4]);
        expectSource(1, 1, 1, .5f, 1, 2, 0, 0);
        engine.tick();
        engine.setWeights(2, 1, new float[4]);
        expectSource(2, 1, 1, .5f, 1, 3, 0, 0);
        engine.tick();
        engine.setBiases(2, new float[2]);
        expectSource(3, 1, 1, .5f, 1, 4, 0, 0);
        expectCommit(2, 4, .5f, 1, 3, 0);
    }

    @Test
    void aFrameThatIsNotCommittedIsNotInTheImage() {
        ticks(1);
        engine.input(FRAME).target(TARGET);
        expectSource(1, 1, 1, .5f, 1, 0, 0, 0);
        assertThrows(IllegalArgumentException.class, () -> engine.input(new float[] {Float.NaN, 0, 0}));
        expectSource(1, 1, 1, .5f, 1, 0, 0, 0);
    }

    /** The words are those of the last commit also while a band has not done its tick. */
    @Test
    void aCommitIsInTheImageBeforeItsTicks() {
        final WaveAgent lower = engine.agent(0);
        engine.agent(1);
        engine.input(FRAME).commit(7);
        expectSource(1, 1, 1, .5f, 1, 0, 0, 0);
        expectCommit(0, 7, .5f, 1, 0, 0);
        assertEquals(1, lower.doWork());
        expectCommit(0, 7, .5f, 1, 0, 0);
    }
}
