/** The descriptors that the program was started with: which of them were closed, and whether a result reached its reader. */
package org.tickwave.bench.stdio;
