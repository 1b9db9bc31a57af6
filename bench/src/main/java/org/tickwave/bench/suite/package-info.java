/** {@code tickwave bench --suite}: measures this build beside its peers and the limits of the machine, in rounds of forks. */
package org.tickwave.bench.suite;
