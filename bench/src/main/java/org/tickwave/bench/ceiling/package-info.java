/** Limits of the machine, in Java and in C: loops over memory, multiply-adds in registers, and a layer's fused pass. */
package org.tickwave.bench.ceiling;
