package org.tickwave.example;

/** What the four ways of driving an engine are shown on: something that is read, and acted upon. */
interface Plant {
    /** Whether there will be more readings. */
    boolean open();

    /** The next reading, and what is known of it; false if there is none yet. Never waits. */
    boolean read(float[] frame, float[] target);

    /** Does what follows from the answer to a frame; frames count from 1. */
    void act(long frame, float answer);
}
