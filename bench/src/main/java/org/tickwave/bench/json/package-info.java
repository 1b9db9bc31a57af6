/** How results are written as JSON. */
package org.tickwave.bench.json;
