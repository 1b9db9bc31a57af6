package org.tickwave.bench.jmh;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Counts the work of a benchmark. In the mode thrpt JMH prints bytes and multiply-adds a unit of time, in the mode avgt the time of a byte
 * and of a multiply-add. In both the time of an operation is measured with them, so their ratio is the work of an operation.
 */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.OPERATIONS)
public class Work {
    /** Bytes of weights, or of other memory that is the subject, read and written. */
    public long bytes;
    /** Multiply-adds. */
    public long multiplyAdds;

    /** Starts at zero. */
    @Setup(Level.Iteration)
    public void clear() {
        bytes = 0;
        multiplyAdds = 0;
    }

    void add(final long moreBytes, final long moreMultiplyAdds) {
        bytes += moreBytes;
        multiplyAdds += moreMultiplyAdds;
    }
}
