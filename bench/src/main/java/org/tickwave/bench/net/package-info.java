/** Descriptions of networks as JSON: the grammar, the reader with its errors, and what a description means for a layout. */
package org.tickwave.bench.net;
