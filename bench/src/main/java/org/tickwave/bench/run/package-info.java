/** The command {@code run}: opens the stream, rehearses, runs a session, saves what was learnt, and reports. */
package org.tickwave.bench.run;
