package org.tickwave.pipeline;

final class Probe { }
