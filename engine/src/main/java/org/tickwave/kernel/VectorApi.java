package org.tickwave.kernel;

/**
 * Whether this JVM has the Vector API. On the class path a flag must ask for the module. This class links no class of the
 * module, so it can be used before any class that does.
 */
public final class VectorApi {
    private static final String VECTORS = "jdk.incubator.vector.FloatVector";
    private static final String MISSING =
        "the Vector API is missing: expected the JVM's flag --add-modules jdk.incubator.vector, before the name of the main class";

    private VectorApi() {
    }

    /** @throws IllegalStateException if the module is missing; the message names the flag */
    public static void expect() {
        try {
            // Looks for a class, not for the module: the module may be in another layer, where it cannot be linked.
            Class.forName(VECTORS, false, VectorApi.class.getClassLoader());
        } catch (final ClassNotFoundException | LinkageError e) {
            // Without the cause, which adds nothing to the message.
            throw new IllegalStateException(MISSING);
        }
    }
}
