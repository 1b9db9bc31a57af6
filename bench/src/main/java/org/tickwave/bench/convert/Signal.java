package org.tickwave.bench.convert;

/**
 * One signal of a WFDB record, as its line of the header describes it.
 *
 * @param line       line of the header, from 1
 * @param file       name of the file with the samples, as the header gives it
 * @param byteOffset bytes of the file before the first sample
 * @param gain       units of the converter for one physical unit; not 0
 * @param baseline   sample that stands for 0 physical units
 * @param initial    the first sample; null if the header does not say
 * @param checksum   sum of all samples modulo 65,536; null if the header does not say
 * @param name       the description; unique in its record, never empty
 */
record Signal(int line, String file, SampleFormat format, long byteOffset, double gain, int baseline, String units,
    Integer initial, Integer checksum, String name) {
    /** A sample in physical units. NaN if there is no sample. */
    float physical(final int sample) {
        return sample == format.missing ? Float.NaN : (float) (((double) sample - baseline) / gain);
    }
}
