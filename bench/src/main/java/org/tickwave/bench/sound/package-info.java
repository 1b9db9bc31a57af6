/** Sound as frames: WAV files, log-mel features, and directories of labelled recordings. */
package org.tickwave.bench.sound;
