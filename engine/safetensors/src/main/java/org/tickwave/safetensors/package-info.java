/**
 * Weights and biases in files of the safetensors format, which PyTorch and others read and write. {@link
 * org.tickwave.safetensors.NetworkWeights} carries the weights of an {@link org.tickwave.Engine} to a file and back. {@link
 * org.tickwave.safetensors.Safetensors} and {@link org.tickwave.safetensors.SafetensorsWriter} read and write any tensors of float32.
 */
package org.tickwave.safetensors;
