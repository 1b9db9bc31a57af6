package org.tickwave.example;

/** What the four ways to drive an engine need of an application: readings, and something that acts on answers. */
interface Plant {
    /** Whether there will be more readings. */
    boolean open();

    /** Reads the next reading and its target. Returns false if there is no reading yet. Never waits. */
    boolean read(float[] frame, float[] target);

    /** Acts on the answer to a frame. Frames are counted from 1. */
    void act(long frame, float answer);
}
