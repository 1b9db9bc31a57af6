package org.tickwave;

public final class Engine { private Engine() { } }
