/**
 * Measures a machine and suggests changes. Each kind of finding has a class; what the system does not tell is null there.
 * {@link org.tickwave.bench.doctor.Findings} holds all of them. The names of the record components are the JSON keys.
 */
package org.tickwave.bench.doctor;
