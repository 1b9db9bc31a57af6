package org.tickwave;

import java.lang.foreign.MemorySegment;
import java.util.Objects;
import org.agrona.DirectBuffer;

/**
 * One output of an engine: its targets and its answers. A frame may have a target for some outputs and none for others; an output
 * without a target has no error of its own. The methods are for the source's thread, as those of {@link Engine} are.
 */
public final class Output {
    private final Ports ports;
    private final int layer;
    /** The place among the outputs. */
    private final int index;

    Output(final Ports ports, final int layer, final int index) {
        this.ports = ports;
        this.layer = layer;
        this.index = index;
    }

    /**
     * The number of the layer, for {@link Network} and {@link Waves}.
     *
     * @return from 1
     */
    public int layer() {
        return layer;
    }

    /**
     * Gives this output's target of the new frame, as {@link Engine#target(float[])} does.
     *
     * @param target as many numbers as the output is wide, at most 2^30 in magnitude; copied
     * @return this
     * @throws IllegalArgumentException if the array has another length, or if a number is not good. The engine then drops the new frame,
     *                                  and its other targets
     * @throws IllegalStateException    if no part of a new frame was given
     */
    public Output target(final float[] target) {
        Objects.requireNonNull(target, "target");
        ports.newTarget().giveOne(index, ports.nextTick(), target);
        return this;
    }

    /**
     * Gives this output's target of the new frame, from a segment of little-endian float32.
     *
     * @param segment     the memory that holds the target; copied
     * @param offsetBytes offset of the first number
     * @return this
     * @throws IllegalArgumentException  as {@link #target(float[])} does
     * @throws IndexOutOfBoundsException if the segment ends within the target; the engine then drops the new frame, too
     * @throws IllegalStateException     if no part of a new frame was given
     */
    public Output target(final MemorySegment segment, final long offsetBytes) {
        Objects.requireNonNull(segment, "segment");
        ports.newTarget().giveOne(index, ports.nextTick(), segment, offsetBytes);
        return this;
    }

    /**
     * Gives this output's target of the new frame, from an Agrona buffer of little-endian float32.
     *
     * @param buffer     the memory that holds the target; copied
     * @param indexBytes index of the first number
     * @return this
     * @throws IllegalArgumentException  as {@link #target(float[])} does
     * @throws IndexOutOfBoundsException if the buffer ends within the target; the engine then drops the new frame, too
     * @throws IllegalStateException     if no part of a new frame was given
     */
    public Output target(final DirectBuffer buffer, final int indexBytes) {
        Objects.requireNonNull(buffer, "buffer");
        ports.newTarget().giveOne(index, ports.nextTick(), buffer, indexBytes);
        return this;
    }

    /**
     * Gives this output's target of the new frame without a copy, as {@link Engine#targetInPlace()} does.
     *
     * @return a segment as large as the target. Do not write to the segment after the tick or commit that takes the target
     * @throws IllegalStateException if no part of a new frame was given
     */
    public MemorySegment targetInPlace() {
        return ports.newTarget().giveOneInPlace(index, ports.nextTick());
    }

    /**
     * The answer after the newest completed tick, in place, as {@link Engine#output()} gives it.
     *
     * @return a read-only segment as large as the output
     */
    public MemorySegment answer() {
        return ports.answer(index);
    }

    /**
     * The number of the frame that {@link #answer()} answers, as {@link Engine#answeredFrame()} gives it. Outputs at different levels
     * answer different frames. In a network with cycles it is the newest frame that has reached the output on any
     * way, and a refused activation marks no other one.
     *
     * @return 0 if no frame has reached the output yet, or if the guard refused the output or an activation from which it was made
     */
    public long answeredFrame() {
        return ports.answeredFrame(layer);
    }

    /** The name of the output, and its width. For any thread. */
    @Override
    public String toString() {
        return "Output[" + ports.text(layer) + "]";
    }
}
