/**
 * Streams of frames: a class for each kind of {@link org.tickwave.bench.stream.FrameStream}. Streams are read frame by frame and
 * allocate nothing per frame. A bad stream is refused with a message of one line.
 */
package org.tickwave.bench.stream;
