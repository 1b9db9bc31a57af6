package org.tickwave.bench.ceiling;

/** In what the loops of a ceiling are written. */
public enum Language {
    /** Java with the Vector API; the pass is the engine's. */
    JAVA,
    /** C, compiled when it is first needed. */
    C;

    /**
     * @throws org.tickwave.bench.peer.Skipped if this machine has no C compiler
     * @throws IllegalStateException           if the C compiler fails
     */
    public Loops loops() {
        return this == JAVA ? new JavaLoops() : new CLoops(CLibrary.get());
    }

    /**
     * A pass over one layer, whose vectors and weights are zeros.
     *
     * @param rows    neurons in the layer
     * @param columns neurons in the layer below
     * @throws org.tickwave.bench.peer.Skipped if this machine has no C compiler
     * @throws IllegalStateException           if the C compiler fails
     */
    public LayerPass pass(final int rows, final int columns, final float rate) {
        return this == JAVA ? new EnginePass(rows, columns, rate) : new CPass(CLibrary.get(), rows, columns, rate);
    }
}
