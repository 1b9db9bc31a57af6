/** Checkpoints: how they are written and read, and how a crash at any moment leaves a good one. No tick calls this package. */
package org.tickwave.keep;
