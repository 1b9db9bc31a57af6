package org.tickwave.pipeline;

import java.lang.foreign.MemorySegment;
import org.tickwave.layout.CountersDescriptor;
import org.tickwave.layout.HeaderCheck;
import org.tickwave.layout.HeaderDescriptor;
import org.tickwave.layout.ImageLayout;
import org.tickwave.layout.ImageState;
import org.tickwave.layout.RegionTable;
import org.tickwave.layout.RingDescriptor;
import org.tickwave.layout.SettingsDescriptor;
import org.tickwave.layout.Wiring;

/**
 * Checks that an image is between two ticks, and that a network can go on with the image. Changes nothing.
 *
 * <p>The counters decide. If all of them are equal, every layer has done every tick that was committed, and nothing is under way. The
 * state is TICKING until the source has looked, and CLOSED after an engine was closed between two ticks or in a tick. So AT_REST,
 * TICKING and CLOSED will do. An image that is OPENING is incomplete. In an image that has FAILED, threads may still be
 * in a band.
 */
final class AtRest {
    private final MemorySegment image;
    private final ImageLayout layout;
    private final Wiring wiring;

    /** @param layout of the network, with the lanes of the image */
    AtRest(final MemorySegment image, final ImageLayout layout) {
        this.image = image;
        this.layout = layout;
        wiring = layout.geometry().wiring();
    }

    /**
     * @param digest of the network
     * @param table  that of the image
     * @throws IllegalArgumentException if the image does not fit; the message names the field
     */
    void expect(final long digest, final RegionTable table) {
        final HeaderCheck header = new HeaderCheck("the header");
        final long found = Slot.longOpaque(image, HeaderDescriptor.DIGEST_OFFSET);
        if (found != digest) {
            throw header.refused("DIGEST", "0x" + Long.toHexString(found), "0x" + Long.toHexString(digest)
                + ", the digest of this network with this rule, clip and guard");
        }
        table.expectSame(layout.table());
        expectState(header);
        final long done = expectCounters();
        expectSettings(done);
        expectCommit(done);
        expectNewest(done);
    }

    private void expectState(final HeaderCheck header) {
        final ImageState[] states = ImageState.values();
        final int state = Slot.intAcquire(image, HeaderDescriptor.STATE_OFFSET);
        header.expect("STATE", state, 0, ImageState.TICKING.ordinal(), 1);
        if (states[state] == ImageState.OPENING) {
            throw header.refused("STATE", states[state], "AT_REST or TICKING");
        }
        final int end = Slot.intAcquire(image, HeaderDescriptor.END_OFFSET);
        if (end != StateWords.RUNS && end != ImageState.CLOSED.ordinal()) {
            throw header.refused("END", end == ImageState.FAILED.ordinal() ? ImageState.FAILED : end, "0 or CLOSED");
        }
    }

    /** Returns how many ticks were done. */
    private long expectCounters() {
        final long done = Slot.longAcquire(image, layout.counters(Progress.SOURCE) + CountersDescriptor.DONE_OFFSET);
        for (int l = 0; l < wiring.layers(); l++) {
            final HeaderCheck check = new HeaderCheck("the counters of layer " + l);
            final long counters = layout.counters(l);
            final long own = Slot.longAcquire(image, counters + CountersDescriptor.DONE_OFFSET);
            check.expect("DONE", own, 0, Long.MAX_VALUE, 1);
            if (own != done && l >= wiring.inputs()) {
                throw check.refused("DONE", own, done + ", the ticks that were committed");
            }
            check.expect("TRIPS", Slot.longOpaque(image, counters + CountersDescriptor.TRIPS_OFFSET), 0, Long.MAX_VALUE, 1);
        }
        return done;
    }

    private void expectSettings(final long done) {
        final HeaderCheck check = new HeaderCheck("the source's line of the settings");
        check.expect("TAKEN", settings(SettingsDescriptor.TAKEN_OFFSET), 0, done, 1);
        check.expect("FRAME", settings(SettingsDescriptor.FRAME_OFFSET), 0, settings(SettingsDescriptor.TAKEN_OFFSET), 1);
        check.expect("OFF_SINCE", settings(SettingsDescriptor.OFF_SINCE_OFFSET), 0, done, 1);
        check.expect("ORIGIN", settings(SettingsDescriptor.ORIGIN_OFFSET), 0, done, 1);
        check.expect("ON_SINCE", settings(SettingsDescriptor.ON_SINCE_OFFSET), 0, done, 1);
        check.expect("LEARNING", flag(SettingsDescriptor.LEARNING_OFFSET), 0, 1, 1);
        check.expect("HELD", flag(SettingsDescriptor.HELD_OFFSET), 0, Math.min(1, done), 1);
        final float minusRate = Slot.floatOpaque(image, layout.settings() + SettingsDescriptor.MINUS_RATE_OFFSET);
        if (!(minusRate <= 0 && minusRate > Float.NEGATIVE_INFINITY)) {
            throw check.refused("MINUS_RATE", minusRate, "a finite number, at most 0");
        }
    }

    /** The bands go on after the end of the last commit. */
    private void expectCommit(final long done) {
        final long taken = settings(SettingsDescriptor.TAKEN_OFFSET);
        if (taken == 0) {
            new HeaderCheck("the counters, before the first commit").expectSame("DONE", done, 0);
        } else {
            new HeaderCheck("commit " + (taken - 1) + " of the settings").expectSame("END",
                settings(SettingsDescriptor.commit(taken - 1) + SettingsDescriptor.COMMIT_END_OFFSET), done);
        }
    }

    /** A copy that was made in the middle of a tick may lack the newest vectors. */
    private void expectNewest(final long done) {
        for (int l = 0; l < wiring.layers(); l++) {
            if (l >= wiring.inputs()) {
                expectTick("ACTIVATION " + l, layout.activation(l), done);
            } else if (flag(SettingsDescriptor.HELD_OFFSET) != 0) {
                expectTick("ACTIVATION " + l, layout.activation(l), done - 1);
            }
            if (layout.target(l) != null && flag(SettingsDescriptor.HELD_OFFSET) != 0) {
                expectTick("TARGET " + l, layout.target(l), done - 1);
            }
        }
    }

    private void expectTick(final String name, final RingDescriptor ring, final long tick) {
        new HeaderCheck("the newest slot of " + name).expectSame("TICK", Slot.tickAcquire(image, ring.slot(tick)), tick);
    }

    private long settings(final long offset) {
        return Slot.longOpaque(image, layout.settings() + offset);
    }

    private int flag(final long offset) {
        return Slot.intOpaque(image, layout.settings() + offset);
    }
}
