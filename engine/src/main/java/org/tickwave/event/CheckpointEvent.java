package org.tickwave.event;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

@Name("org.tickwave.Checkpoint")
@Label("Checkpoint")
@Description("The engine copied its state between two ticks. The duration is the pause")
@Category("tickwave")
@StackTrace(false)
final class CheckpointEvent extends Event {
    @Label("Engine")
    @Description("The name of the engine: Context.name")
    String engine;

    @Label("Ticks")
    @Description("How many ticks the state has completed")
    long ticks;

    @Label("Size")
    @DataAmount(DataAmount.BYTES)
    long size;
}
