package org.tickwave.bench.session;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tickwave.Network;
import org.tickwave.bench.keep.Archive;
import org.tickwave.bench.net.RandomNetworks;

/** A checkpoint copies the references while the stream waits, and encodes the copy while they learn. */
class ReferencesTest {
    private static final long SEED = 20_261_129;
    private static final int FRAMES = 20;
    private static final Network NETWORK = Network.chain(7, 19, 5).build();

    private static void learn(final References references, final Random random) {
        for (int i = 0; i < FRAMES; i++) {
            references.backprop().forward(RandomNetworks.numbers(random, 7));
            references.backprop().learn(RandomNetworks.numbers(random, 5), .1f);
        }
    }

    private static byte[] kept(final References references) {
        final Archive archive = Archive.writing();
        references.keep(archive);
        return archive.written();
    }

    @Test
    void aCopyHasTheStateOfItsTimeWhileTheReferencesLearnOn() {
        final Random random = new Random(SEED);
        try (References references = new References(NETWORK, .1f, SEED); References copy = references.spare();
             References resumed = new References(NETWORK, .1f, SEED + 1)) {
            learn(references, random);
            final byte[] expected = kept(references);
            copy.copyFrom(references);
            learn(references, random);
            assertArrayEquals(expected, kept(copy));
            assertFalse(Arrays.equals(expected, kept(references)), "the references have learnt nothing");
            final Archive archive = Archive.reading(expected);
            resumed.keep(archive);
            archive.end();
            assertArrayEquals(expected, kept(resumed));
        }
    }

    /** So the stream waits for no row and for no garbage collection. */
    @Test
    void aCopyAllocatesNothing() {
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (References references = new References(NETWORK, .1f, SEED); References copy = references.spare()) {
            copy.copyFrom(references);
            final long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 1_000; i++) {
                copy.copyFrom(references);
            }
            final long bytes = (threads.getCurrentThreadAllocatedBytes() - before) / 1_000;
            assertEquals(0, bytes, "bytes a copy");
        }
    }
}
