/** Opens what {@code --input} names, and finds out what kind of stream it is. */
package org.tickwave.bench.input;
