/** Self-contained HTML pages with curves and drawings. They load nothing from the network. */
package org.tickwave.bench.page;
