/** What came of a run: scores in bounded memory, and a {@link org.tickwave.bench.report.Report}, in words and as JSON. */
package org.tickwave.bench.report;
