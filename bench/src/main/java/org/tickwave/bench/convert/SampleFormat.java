package org.tickwave.bench.convert;

import java.util.Arrays;
import java.util.stream.Collectors;

/** How a signal file stores its samples: the formats of WFDB that can be read. Both are little-endian and two's complement. */
enum SampleFormat {
    /** Two samples of 12 bits in three bytes. The middle byte holds the high bits of both, those of the first sample in its low half. */
    F212(212, 12),
    /** A sample is two bytes. */
    F16(16, 16);

    final int number;
    /** The sample that stands for "no sample": the least number of the format. */
    final int missing;

    SampleFormat(final int number, final int bits) {
        this.number = number;
        missing = -(1 << bits - 1);
    }

    /** @return null if there is no such format here */
    static SampleFormat of(final int number) {
        return Arrays.stream(values()).filter(format -> format.number == number).findFirst().orElse(null);
    }

    /** The numbers of all formats, for messages. */
    static String all() {
        return Arrays.stream(values()).map(format -> Integer.toString(format.number)).collect(Collectors.joining(" or "));
    }
}
