package org.tickwave.bench.stream;

/**
 * One of the labelled recordings that a stream may be made of. Each is one object for as long as its directory is open, so that
 * frames of the same recording have the same.
 *
 * @param path       relative to the directory
 * @param label      what it is a recording of, in NFC
 * @param index      of the label, among all labels in code-point order
 * @param heldOut    heard, but never taught
 * @param secondHalf whether it stands in the second half of a pass
 */
public record Recording(String path, String label, int index, boolean heldOut, boolean secondHalf) {
}
