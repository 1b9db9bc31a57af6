package org.tickwave.bench.terminal;

import java.io.PrintWriter;

/**
 * The output streams of a run.
 *
 * @param out     gets the summary or the JSON, and nothing else
 * @param err     gets all other output
 * @param tty     whether err is a terminal
 * @param color   whether colours may be written to err
 * @param blocks  whether err can show block characters
 * @param columns width of the terminal
 */
public record Terminal(PrintWriter out, PrintWriter err, boolean tty, boolean color, boolean blocks, int columns) {
}
