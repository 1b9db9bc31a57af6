package org.tickwave.kernel;

final class Probe { }
