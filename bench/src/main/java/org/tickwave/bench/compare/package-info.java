/** {@code tickwave bench --compare}: runs JMH benchmarks of two builds in turn, and says which build is faster where that can be told. */
package org.tickwave.bench.compare;
