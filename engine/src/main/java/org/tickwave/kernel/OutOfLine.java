package org.tickwave.kernel;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.util.Arrays;

/**
 * Calls that C2 does not inline, so that it compiles each kernel's loop as a method of its own. Otherwise C2 inlines every
 * method below 325 bytes of bytecode into its caller until it has spent 18,000 nodes, about 35 vector operations. Then it stops
 * inlining without a warning, perhaps in the middle of a loop, and that loop boxes its vectors. C2 cannot inline a method
 * handle that is not a constant, so the handles stand in static fields that are not final, or in an array. A call through one
 * costs about as much as a virtual call.
 */
final class OutOfLine {
    private OutOfLine() {
    }

    /** A handle to the one method of that name in the lookup class. */
    static MethodHandle method(final MethodHandles.Lookup lookup, final String name) {
        return method(lookup, lookup.lookupClass(), name);
    }

    /** A handle to the one method of that name in a class. */
    static MethodHandle method(final MethodHandles.Lookup lookup, final Class<?> in, final String name) {
        final Method[] named = Arrays.stream(in.getDeclaredMethods())
            .filter(method -> method.getName().equals(name)).toArray(Method[]::new);
        if (named.length != 1) {
            throw new IllegalArgumentException(named.length + " methods " + name + " in " + in + ": expected 1");
        }
        try {
            return lookup.unreflect(named[0]);
        } catch (final IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Rethrows what a kernel threw. No kernel declares a checked exception. */
    static RuntimeException thrown(final Throwable e) {
        switch (e) {
            case final RuntimeException runtime -> throw runtime;
            case final Error error -> throw error;
            default -> throw new IllegalStateException(e);
        }
    }
}
