/** Experiments on the engine's rings: what is given, what every layer then holds, and which frames are in a layer. */
package org.tickwave.bench.paper.wave;
