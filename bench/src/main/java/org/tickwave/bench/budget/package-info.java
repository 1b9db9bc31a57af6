/** {@code ./tickwave budget}: how long a tick may take, how long it takes, and which networks fit. */
package org.tickwave.bench.budget;
