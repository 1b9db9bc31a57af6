/** A network whose layers take time, learning on every tick: the engine that others embed. */
module org.tickwave {
    requires transitive org.agrona;
    requires jdk.incubator.vector;

    exports org.tickwave.layout to org.tickwave.bench;
}
