/**
 * Stateless methods on (segment, offset), one file each. All of them assume:
 * <ol>
 * <li>The segment is native and holds the whole image. Offsets are in bytes and are multiples of 64.</li>
 * <li>Activations, errors and echoes are padded to whole groups of 64 numbers, and their padding is zero.</li>
 * <li>Regions that one call names do not overlap, unless the method says that two may be the same.</li>
 * <li>Arguments are valid: the engine checked them when it was opened.</li>
 * </ol>
 * All of them guarantee:
 * <ol>
 * <li>Padding stays zero.</li>
 * <li>The order of every sum is fixed, and the kernel's Javadoc says it. No result depends on the lane width, the
 * compiler or the machine.</li>
 * <li>A compiled kernel allocates nothing.</li>
 * </ol>
 */
package org.tickwave.kernel;
