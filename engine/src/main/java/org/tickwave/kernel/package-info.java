/**
 * Stateless verbs on (segment, offset), one file each. Assumptions of all of them:
 * <ol>
 * <li>The segment is native and is the whole image; offsets are in bytes and lie on lines of 64.</li>
 * <li>Vectors are padded to whole panels of four vectors, and their padding is zero.</li>
 * <li>Regions named in one call do not overlap, unless a method says that two may be the same.</li>
 * <li>Arguments are good: they were checked when the engine was built.</li>
 * </ol>
 * Guarantees:
 * <ol>
 * <li>Padding stays zero.</li>
 * <li>The order of every sum is fixed and stands beside its kernel; no result depends on the compiler or the machine,
 * for one lane width.</li>
 * <li>Nothing is allocated once the kernel is compiled.</li>
 * </ol>
 */
package org.tickwave.kernel;
