package org.tickwave.bench.cli;

final class Probe { Object e; jdk.incubator.vector.FloatVector v; org.tickwave.Engine q; }
