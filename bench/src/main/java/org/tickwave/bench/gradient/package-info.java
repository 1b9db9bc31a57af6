/** The true gradient of a network, in double precision, and how far another gradient is from it. */
package org.tickwave.bench.gradient;
