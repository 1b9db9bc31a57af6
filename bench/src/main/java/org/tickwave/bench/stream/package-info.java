/**
 * Where frames come from: a class for each kind of {@link org.tickwave.bench.stream.FrameStream}. Streams are read frame by frame,
 * allocate nothing per frame, and are refused with one line.
 */
package org.tickwave.bench.stream;
