/**
 * {@code tickwave bench --tables}: lets this engine and other learners go through the rows of the same tables, in the same JVM. Each row is
 * answered before its label is learnt. A {@link org.tickwave.bench.rows.Provider} brings learners and tables of another library.
 */
package org.tickwave.bench.rows;
