/** What was learnt, kept in a file: a {@link org.tickwave.bench.model.Model}, written and read as safetensors. */
package org.tickwave.bench.model;
