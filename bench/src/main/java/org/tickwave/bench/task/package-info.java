/** What a network is to learn from a stream: the inputs and targets that a {@link org.tickwave.bench.task.Task} makes of frames. */
package org.tickwave.bench.task;
