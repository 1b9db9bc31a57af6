/** Saved models: a {@link org.tickwave.bench.model.Model} is written to a safetensors file and read again. */
package org.tickwave.bench.model;
