/**
 * Checkpoints: how they are written and read, and how a crash at any moment leaves a good one. Also what image files share with them: who may
 * write a file, and the operations of a disk. No tick calls this package.
 */
package org.tickwave.keep;
