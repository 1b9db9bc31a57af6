package org.tickwave.bench.answer;

import org.tickwave.bench.keep.Archive;

/**
 * A place in the file of the answers.
 *
 * @param length bytes before the place
 * @param crc    CRC-32C of these bytes
 */
public record AnswerMark(long length, int crc) {
    /** What {@link #keep} has written. */
    public static AnswerMark read(final Archive archive) {
        return new AnswerMark(0, 0).keep(archive);
    }

    /** Writes the mark, or reads another one. */
    public AnswerMark keep(final Archive archive) {
        archive.section("mark");
        return new AnswerMark(archive.of(length), archive.of(crc));
    }
}
