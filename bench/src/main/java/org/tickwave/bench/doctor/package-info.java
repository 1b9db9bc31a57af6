/**
 * What a machine offers, and what to change: a class for each thing that is looked at. Where a system does not say, there is
 * null; {@link org.tickwave.bench.doctor.Findings} is all of it, and the names of its parts are the keys of the JSON.
 */
package org.tickwave.bench.doctor;
