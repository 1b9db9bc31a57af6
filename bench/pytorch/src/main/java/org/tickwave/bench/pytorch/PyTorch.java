package org.tickwave.bench.pytorch;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;

/** Loads PyTorch once. */
final class PyTorch {
    private static final String NAME = "PyTorch";

    private PyTorch() {
    }

    /**
     * The engine of DJL.
     *
     * @throws EngineException if the library cannot be loaded
     */
    static Engine engine() {
        set("ai.djl.offline", "true");
        set("OPT_OUT_TRACKING", "true");
        // One thread hands out the work: a step is one chain of operations.
        set("ai.djl.pytorch.num_interop_threads", "1");
        Malloc.keepFreedMemory();
        return Engine.getEngine(NAME);
    }

    /** What the user has set stays. */
    private static void set(final String property, final String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}
