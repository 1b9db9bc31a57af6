package org.tickwave.layout;

final class Probe { }
