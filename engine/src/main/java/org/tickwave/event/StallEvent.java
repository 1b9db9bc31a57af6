package org.tickwave.event;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Timespan;

@Name("org.tickwave.Stall")
@Label("Stall")
@Description("A call waited for a band longer than the stall limit")
@Category("tickwave")
final class StallEvent extends Event {
    @Label("Engine")
    @Description("The name of the engine: Context.name")
    String engine;

    @Label("Band")
    @Description("The band that was waited for")
    int band;

    @Label("Tick")
    @Description("The tick that the band has not completed")
    long tick;

    @Label("Limit")
    @Description("The stall limit")
    @Timespan(Timespan.NANOSECONDS)
    long limit;
}
