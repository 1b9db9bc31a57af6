package org.tickwave;

/** What a graph does about ways of different length to one layer. */
public enum Balance {
    /**
     * A projection that skips levels waits, both ways, so that all that meets in a layer was made from one frame. Every rule works. The
     * graph has no cycles.
     */
    BALANCED,
    /**
     * No projection waits. Answers come as early as the longest way allows, but the shorter ways bring parts of newer frames. The rule
     * is {@link Rule#diffusion()}, and the graph has no cycles.
     */
    IMMEDIATE,
    /**
     * No projection waits, and ways may lead back to where they began. The rule is {@link Rule#diffusion()}. While a frame is held, a
     * network that contracts settles, and its layers then learn the gradient at the fixed point (Almeida and Pineda).
     */
    RECURRENT
}
