/** Drives and measures the engine: streams, sessions, commands, benchmarks. */
module org.tickwave.bench {
    requires org.tickwave;
    requires org.tickwave.safetensors;
    requires jdk.incubator.vector;
    requires com.google.gson;
    requires de.siegmar.fastcsv;
    requires info.picocli;
    requires HdrHistogram;
    requires jmh.core;
    requires dev.ludovic.netlib.blas;
    requires java.logging;
    requires java.management;
    requires jdk.management;
    requires jdk.jfr;
    requires jdk.httpserver;
    requires org.agrona;

    uses org.tickwave.bench.peer.PeerProvider;

    opens org.tickwave.bench.budget to com.google.gson;
    opens org.tickwave.bench.cli to info.picocli;
    opens org.tickwave.bench.compare to com.google.gson;
    opens org.tickwave.bench.doctor to com.google.gson;
    opens org.tickwave.bench.forks to com.google.gson;
    opens org.tickwave.bench.gradient to com.google.gson;
    opens org.tickwave.bench.page to com.google.gson;
    opens org.tickwave.bench.paper to com.google.gson;
    opens org.tickwave.bench.rows to com.google.gson;
    opens org.tickwave.bench.suite to com.google.gson;

    // Found on the class path, in a build with the profile of the library.
    uses org.tickwave.bench.rows.Provider;
}
