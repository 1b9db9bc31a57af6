/** Standard input and output: which descriptors were closed at start, and whether a result could be written. */
package org.tickwave.bench.stdio;
