package org.tickwave.event;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Throttle;

@Name("org.tickwave.GuardTrip")
@Label("Guard Trip")
@Description("The guard refused a vector, and replaced it by zeros")
@Category("tickwave")
@StackTrace(false)
@Throttle("1000/s")
final class GuardTripEvent extends Event {
    @Label("Engine")
    @Description("The name of the engine: Context.name")
    String engine;

    @Label("Band")
    int band;

    @Label("Layer")
    @Description("The number of the layer")
    int layer;

    @Label("Layer Name")
    String layerName;

    @Label("Tick")
    long tick;
}
