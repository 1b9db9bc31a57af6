package org.tickwave.bench.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.tickwave.bench.audit.AuditReport;
import org.tickwave.bench.report.Report;
import org.tickwave.bench.setup.MadeOptions;
import org.tickwave.bench.setup.RunFailure;
import org.tickwave.bench.setup.RunOptions;
import org.tickwave.bench.setup.RunPlan;
import org.tickwave.bench.stream.MadeStream;

class AuditFileTest {
    private static RunOptions options() {
        final MadeOptions options = new MadeOptions();
        options.layers = List.of(8);
        options.audit = 5L;
        options.auditOut = "audit.html";
        return options.settled();
    }

    /** Without a description no page can be made. The result of the run is printed all the same, since nothing is thrown. */
    @Test
    void anInternalErrorOfThePageIsPrintedAndNotThrown() {
        final AuditReport audit = new AuditReport(5, 1, 0, new Histogram(3), new Histogram(3), List.of(), new long[0], null);
        final Report report = new Report(null, new Report.Counts(10, 0, 0, 0, 0, 0, null), null, null, 0, 0, null, List.of(), Report.End.STREAM,
            null, 0, null, List.of(), null, null, null, null, audit, Report.Files.NONE);
        final List<String> said = new ArrayList<>();
        final StringWriter err = new StringWriter();
        assertFalse(AuditFile.write(options(), report, said::add, new PrintWriter(err)));
        assertEquals(1, said.size());
        assertTrue(said.getFirst().contains("--audit-out audit.html: the page was not written"), said::toString);
        assertTrue(err.toString().contains("NullPointerException"), err::toString);
    }

    @Test
    void aHeapThatIsTooSmallIsOneLine() throws Exception {
        try (MadeStream stream = new MadeStream(1)) {
            final RunPlan plan = RunPlan.of(options(), stream);
            final RunMemory memory = new RunMemory(options());
            final RunFailure failure = assertThrows(RunFailure.class, () -> memory.allocated(plan.description(), "the copies of --audit 5", () -> {
                throw new OutOfMemoryError("Java heap space");
            }));
            assertTrue(failure.getMessage().endsWith("cannot allocate the copies of --audit 5: Java heap space"), failure.getMessage());
        }
    }
}
