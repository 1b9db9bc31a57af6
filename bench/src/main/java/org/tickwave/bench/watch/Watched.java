package org.tickwave.bench.watch;

/** A network that can be looked at while it ticks. */
public interface Watched {
    /**
     * What does not change while a network ticks. The network of another writer has another shape. Any thread may call this.
     *
     * @return null if no network has been seen
     */
    Shape shape();

    /** What is there now. Waits for nothing. The caller holds the monitor of this object if several threads look. */
    Sight look();

    /**
     * What the user must be told once, in words. A page tells it in another way. The caller holds the monitor as for {@link #look}.
     *
     * @return null if there is nothing new to tell
     */
    default String notice() {
        return null;
    }
}
