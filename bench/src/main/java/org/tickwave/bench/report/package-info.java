/** The result of a run: a {@link org.tickwave.bench.report.Report}, as a summary and as JSON. */
package org.tickwave.bench.report;
