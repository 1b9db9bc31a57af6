/**
 * Where frames and targets come from: a file for each {@link org.tickwave.bench.stream.Source}, how one is opened, and the
 * task made of its frames. Streams are read frame by frame, allocate nothing per frame, and are refused with one line.
 */
package org.tickwave.bench.stream;
