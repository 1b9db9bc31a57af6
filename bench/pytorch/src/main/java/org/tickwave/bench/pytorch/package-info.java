/**
 * PyTorch on the CPU, through DJL, as a peer of the benchmarks. The module is part of the build in the Maven profile {@code pytorch} only,
 * since its libraries take 120 MB, and 450 MB more once DJL has unpacked them.
 *
 * <p>Maven downloads all libraries. DJL is told to load nothing from the network and to send no statistics. It unpacks its libraries in the
 * directory that {@code DJL_CACHE_DIR} names, or else in {@code .djl.ai} in the home directory.
 */
package org.tickwave.bench.pytorch;
