/** Opens the input that {@code --input} names, and detects the kind of stream. */
package org.tickwave.bench.input;
