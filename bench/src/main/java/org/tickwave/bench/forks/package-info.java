/** Forks of JMH: processes that run one after another, what they measured, its spread, and the verdict on two sides. */
package org.tickwave.bench.forks;
