/** Writes the network's answers to a file or a pipe, beside a running session. */
package org.tickwave.bench.answer;
