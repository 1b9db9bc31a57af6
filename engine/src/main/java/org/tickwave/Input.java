package org.tickwave;

import java.lang.foreign.MemorySegment;
import java.util.Objects;
import org.agrona.DirectBuffer;

/**
 * One input of an engine, which takes its part of each frame. The parts of all inputs are committed together: a tick that takes a frame
 * takes a part for every input. Only the source's thread may call the methods. They throw what
 * {@link Engine#input(float[])} throws.
 *
 * <p>If the part of this input was given already, another frame begins: the engine drops all parts and targets that were given before.
 */
public final class Input {
    private final Ports ports;
    private final int layer;

    Input(final Ports ports, final int layer) {
        this.ports = ports;
        this.layer = layer;
    }

    /**
     * The number of the layer, for {@link Network} and {@link Waves}.
     *
     * @return from 0
     */
    public int layer() {
        return layer;
    }

    /**
     * Gives this input's part of the next frame.
     *
     * @param part as many numbers as the input is wide, at most 2^30 in magnitude; copied
     * @return this
     * @throws IllegalArgumentException if the array has another length, or if a number is not good. The engine then has no new frame:
     *                                  other parts that were given are dropped too
     * @throws IllegalStateException    if the engine is not {@link Engine#ready()}
     */
    public Input frame(final float[] part) {
        Objects.requireNonNull(part, "part");
        ports.newFrame(layer).giveOne(layer, ports.nextTick(), part);
        return this;
    }

    /**
     * Gives this input's part of the next frame, from a segment of little-endian float32.
     *
     * @param segment     the memory that holds the part; copied
     * @param offsetBytes offset of the first number
     * @return this
     * @throws IndexOutOfBoundsException if the segment ends within the part; the engine then has no new frame
     */
    public Input frame(final MemorySegment segment, final long offsetBytes) {
        Objects.requireNonNull(segment, "segment");
        ports.newFrame(layer).giveOne(layer, ports.nextTick(), segment, offsetBytes);
        return this;
    }

    /**
     * Gives this input's part of the next frame, from an Agrona buffer of little-endian float32.
     *
     * @param buffer     the memory that holds the part; copied
     * @param indexBytes index of the first number
     * @return this
     * @throws IndexOutOfBoundsException if the buffer ends within the part; the engine then has no new frame
     */
    public Input frame(final DirectBuffer buffer, final int indexBytes) {
        Objects.requireNonNull(buffer, "buffer");
        ports.newFrame(layer).giveOne(layer, ports.nextTick(), buffer, indexBytes);
        return this;
    }

    /**
     * Gives this input's part of the next frame without a copy, as {@link Engine#inputInPlace()} does.
     *
     * @return a segment as large as the part. Do not write to the segment after the tick or commit that takes the frame
     */
    public MemorySegment frameInPlace() {
        return ports.newFrame(layer).giveOneInPlace(layer, ports.nextTick());
    }

    /** The name of the input, and its width. For any thread. */
    @Override
    public String toString() {
        return "Input[" + ports.text(layer) + "]";
    }
}
