/** The command {@code run}: opens the stream, rehearses, runs a session, saves the model, and reports. */
package org.tickwave.bench.run;
