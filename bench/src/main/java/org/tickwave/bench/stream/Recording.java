package org.tickwave.bench.stream;

/**
 * A labelled recording in a directory. All frames of a recording refer to the same object, so callers may compare recordings
 * by identity.
 *
 * @param path       path relative to the directory
 * @param label      label of the recording, in NFC
 * @param index      index of the label among all labels
 * @param heldOut    whether the recording is scored, but never taught
 * @param secondHalf whether the recording is in the second half of a pass
 */
public record Recording(String path, String label, int index, boolean heldOut, boolean secondHalf) {
}
