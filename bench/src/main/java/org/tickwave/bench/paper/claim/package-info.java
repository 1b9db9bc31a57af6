/** The claims of the paper, each with a test. */
package org.tickwave.bench.paper.claim;
