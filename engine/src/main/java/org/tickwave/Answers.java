package org.tickwave;

import java.lang.foreign.MemorySegment;
import java.util.Objects;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.tickwave.pipeline.AnswerPass;

/** Answers frames at once, between two ticks: takes the frame, waits, and then runs the pass. */
final class Answers {
    private final EngineState state;
    private final AnswerPass pass;
    private final boolean recurrent;

    Answers(final Network network, final EngineState state, final AnswerPass pass) {
        this.state = state;
        this.pass = pass;
        recurrent = network.wiring().recurrent();
    }

    boolean answer(final float[] frame, final float[] to) {
        expectAnswerable(frame, to);
        pass.take(frame, to);
        state.finish();
        return pass.into(to);
    }

    boolean answer(final MemorySegment frame, final long frameOffsetBytes, final MemorySegment to, final long toOffsetBytes) {
        expectAnswerable(frame, to);
        pass.take(frame, frameOffsetBytes, to, toOffsetBytes);
        state.finish();
        return pass.into(to, toOffsetBytes);
    }

    boolean answer(final DirectBuffer frame, final int frameIndexBytes, final MutableDirectBuffer to, final int toIndexBytes) {
        expectAnswerable(frame, to);
        pass.take(frame, frameIndexBytes, to, toIndexBytes);
        state.finish();
        return pass.into(to, toIndexBytes);
    }

    private void expectAnswerable(final Object frame, final Object to) {
        state.expectOpen();
        Objects.requireNonNull(frame, "frame");
        Objects.requireNonNull(to, "to");
        if (recurrent) {
            throw new IllegalStateException("answer in a network with Balance.RECURRENT: expected ticks that hold the frame");
        }
    }
}
