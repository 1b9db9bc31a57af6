/** Drives and measures the engine: streams, sessions, commands, benchmarks. */
module org.tickwave.bench {
    requires org.tickwave;
    requires jdk.incubator.vector;
    requires info.picocli;
    requires HdrHistogram;
    requires jmh.core;
    requires jdk.management;

}
