/** The engine, for embedding: a network whose layers take time and learn on every tick. */
module org.tickwave {
    requires transitive org.agrona;
    requires jdk.incubator.vector;
    requires jdk.management;
    // Without this module there are no events, and everything else works.
    requires static jdk.jfr;

    exports org.tickwave;
    exports org.tickwave.layout to org.tickwave.bench;
    exports org.tickwave.kernel to org.tickwave.bench;
    exports org.tickwave.pipeline to org.tickwave.bench;
}
