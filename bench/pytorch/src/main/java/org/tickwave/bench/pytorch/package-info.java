/** PyTorch on the CPU, through DJL, as a peer of the benchmarks. */
package org.tickwave.bench.pytorch;
