/** The figures and claims of Betti and Gori, <i>Backprop Diffusion is Biologically Plausible</i>, from the engine's own rings. */
package org.tickwave.bench.paper;
