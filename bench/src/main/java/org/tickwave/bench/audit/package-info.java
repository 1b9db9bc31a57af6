/** The audit of a run: the gradient that is being learnt, compared with sequential backprop in double precision. */
package org.tickwave.bench.audit;
