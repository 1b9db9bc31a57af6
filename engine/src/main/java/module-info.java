/** A network whose layers take time, learning on every tick: the engine that others embed. */
module org.tickwave {
    requires transitive org.agrona;
    requires jdk.incubator.vector;
    requires jdk.management;

    exports org.tickwave;
    exports org.tickwave.layout to org.tickwave.bench;
    exports org.tickwave.kernel to org.tickwave.bench;
    exports org.tickwave.pipeline to org.tickwave.bench;
}
