/**
 * Saved models: a {@link org.tickwave.bench.model.Model} is written to a safetensors file and read again. The module
 * {@code org.tickwave.safetensors} reads and writes the file. Here are the metadata.
 */
package org.tickwave.bench.model;
