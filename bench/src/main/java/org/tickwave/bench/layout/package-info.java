/** What the command {@code layout} says about a network: a table, JSON, and a drawing as SVG. */
package org.tickwave.bench.layout;
