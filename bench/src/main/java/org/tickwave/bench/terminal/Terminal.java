package org.tickwave.bench.terminal;

import java.io.PrintWriter;

/**
 * Where a run writes to.
 *
 * @param out     the summary or the JSON, alone
 * @param err     all else
 * @param tty     whether err is a terminal
 * @param color   whether it may be written to in colour
 * @param blocks  whether it can show block characters
 * @param columns of that terminal
 */
public record Terminal(PrintWriter out, PrintWriter err, boolean tty, boolean color, boolean blocks, int columns) {
}
