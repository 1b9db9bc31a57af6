package org.tickwave.kernel;

/**
 * Whether this JVM has the Vector API. On the class path it is there only where a flag asks for it. Links nothing of it, so
 * that it may be asked before any class that does.
 */
public final class VectorApi {
    private static final String VECTORS = "jdk.incubator.vector.FloatVector";
    private static final String MISSING =
        "the Vector API is missing: expected the JVM's flag --add-modules jdk.incubator.vector, before the name of the main class";

    private VectorApi() {
    }

    /** @throws IllegalStateException in one sentence, which names the flag that is missing */
    public static void expect() {
        try {
            // By a class, and not by a module, which may be in another layer, where it cannot be linked.
            Class.forName(VECTORS, false, VectorApi.class.getClassLoader());
        } catch (final ClassNotFoundException | LinkageError e) {
            // Without a cause: it would say the same in worse words.
            throw new IllegalStateException(MISSING);
        }
    }
}
