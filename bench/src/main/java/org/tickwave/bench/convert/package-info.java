/** {@code ./tickwave convert}: reads WFDB records, and writes frames as raw float32 or as CSV. */
package org.tickwave.bench.convert;
