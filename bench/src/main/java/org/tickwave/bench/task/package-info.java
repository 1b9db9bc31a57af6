/** What a network learns from a stream: a {@link org.tickwave.bench.task.Task} turns frames into inputs and targets. */
package org.tickwave.bench.task;
