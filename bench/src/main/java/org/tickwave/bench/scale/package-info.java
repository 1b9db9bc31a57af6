/** Brings the numbers of a frame to a common scale, by their running mean and variance. */
package org.tickwave.bench.scale;
