package org.tickwave.bench.run;

import org.tickwave.bench.audit.Audit;
import org.tickwave.bench.keep.Archive;
import org.tickwave.bench.report.RunDescription;
import org.tickwave.bench.session.References;
import org.tickwave.bench.setup.Memory;
import org.tickwave.bench.setup.RunFailure;
import org.tickwave.bench.setup.RunOptions;

/** Refuses a run that this machine has no memory for. */
final class RunMemory {
    /** The copies of an audit may take one of so many parts of the heap. A little more than the copies is needed besides. */
    private static final double HEAP_SHARE = 1.25;
    /** The heap holds the state of the references in an archive with spare room, in the checkpoint that the run went on from, and in the next one. */
    private static final int KEPT_COPIES = 4;
    /** Of the references; the rest of an archive is for all other state. */
    private static final long MOST_STATE_BYTES = Archive.MOST_BYTES - (64L << 20);

    private final RunOptions options;

    /** @param options settled options */
    RunMemory(final RunOptions options) {
        this.options = options;
    }

    /** Allocates memory. */
    @FunctionalInterface
    interface Allocation<T> {
        T get() throws RunFailure;
    }

    /** @param what names that which is allocated */
    <T> T allocated(final RunDescription description, final String what, final Allocation<T> allocation) throws RunFailure {
        try {
            return allocation.get();
        } catch (final OutOfMemoryError e) {
            throw refused(description, "cannot allocate " + what + ": " + e.getMessage());
        }
    }

    /** How messages call the image. */
    static String image(final RunDescription description) {
        return "its image of " + description.imageBytes() + " bytes";
    }

    private RunFailure refused(final RunDescription description, final String message) {
        return RunFailure.failed(options.network() != null ? options.network().refuse(message).getMessage()
            : "network " + description.network() + ": " + message);
    }

    /** Refuses the run before anything is allocated. */
    void expect(final RunDescription description) throws RunFailure {
        final long available = Memory.availableBytes();
        final boolean kept = options.keep() != null;
        final long bytes = (description.imageBytes() + (description.compare() ? References.bytes(description.network()) : 0)) * (kept ? 2 : 1);
        if (bytes > available) {
            throw refused(description, (kept ? "the image and its copy for --checkpoint" : "the image")
                + (description.compare() ? kept ? ", with the images of the references and their copies, take "
                    : ", with the images of the references, take " : kept ? " take " : " takes ") + bytes + " bytes: expected at most " + available + ", the available memory");
        }
        final long heap = (long) (Runtime.getRuntime().maxMemory() / HEAP_SHARE);
        final long auditBytes = options.audit() == null ? 0 : Audit.heapBytes(description.network(), description.rule());
        if (auditBytes > heap) {
            throw refused(description, "--audit " + options.audit() + ": copies of weights and waves take " + auditBytes
                + " bytes of heap: expected at most " + heap
                + "; JAVA_TOOL_OPTIONS=-Xmx8g gives the JVM more");
        }
        final long stateBytes = kept && description.compare() ? References.keptBytes(description.network()) : 0;
        if (stateBytes * KEPT_COPIES > heap || stateBytes > MOST_STATE_BYTES) {
            throw refused(description, "--checkpoint with --compare: the weights of the references take " + stateBytes + " bytes, and "
                + stateBytes * KEPT_COPIES + " bytes of heap while a checkpoint is made: expected at most "
                + Math.min(heap, MOST_STATE_BYTES * KEPT_COPIES) + "; JAVA_TOOL_OPTIONS=-Xmx8g gives the JVM more, up to "
                + MOST_STATE_BYTES + " bytes of weights");
        }
    }
}
