package org.tickwave.event;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

@Name("org.tickwave.Tick")
@Label("Sampled Tick")
@Description("One tick of one band. Context.sampleEvery says how many ticks are sampled")
@Category("tickwave")
@StackTrace(false)
final class TickEvent extends Event {
    @Label("Engine")
    @Description("The name of the engine: Context.name")
    String engine;

    @Label("Band")
    int band;

    @Label("Tick")
    long tick;

    @Label("Worked")
    @Description("How long the band worked in the tick")
    @Timespan(Timespan.NANOSECONDS)
    long worked;

    @Label("Waited")
    @Description("How long the band waited before the tick")
    @Timespan(Timespan.NANOSECONDS)
    long waited;
}
