/**
 * Tables: CSV files and pipes, read row by row. FastCSV finds the cells; this package decodes the text, chooses the columns and
 * reads numbers and labels.
 */
package org.tickwave.bench.table;
