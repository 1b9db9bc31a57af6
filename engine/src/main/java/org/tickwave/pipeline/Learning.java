package org.tickwave.pipeline;

/**
 * Two cache lines before the fields that a band's thread writes. The int fills the gap before the longs. Otherwise the JVM
 * would put a field of the subclass into that gap.
 */
abstract class BandPadding {
    private int p;
    private long p00, p01, p02, p03, p04, p05, p06, p07, p08, p09, p10, p11, p12, p13, p14, p15;
}

/**
 * What the layers learn in a tick. Each band has its own copy of the numbers of its present commit, so a layer reads no
 * settings from the image. {@link org.tickwave.layout.SettingsDescriptor} says what the numbers mean.
 */
class Learning extends BandPadding {
    float minusRate;
    boolean on;
    long origin;
    long onSince;
}
