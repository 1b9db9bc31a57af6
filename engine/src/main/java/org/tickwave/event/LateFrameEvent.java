package org.tickwave.event;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

@Name("org.tickwave.LateFrame")
@Label("Late Frame")
@Description("The application says that it missed the deadline of a frame")
@Category("tickwave")
@StackTrace(false)
final class LateFrameEvent extends Event {
    @Label("Engine")
    @Description("The name of the engine: Context.name")
    String engine;

    @Label("Frame")
    @Description("The number of the frame")
    long frame;

    @Label("Budget")
    @Description("The time that the frame had")
    @Timespan(Timespan.NANOSECONDS)
    long budget;

    @Label("Late")
    @Description("The time from the deadline to the end")
    @Timespan(Timespan.NANOSECONDS)
    long late;
}
