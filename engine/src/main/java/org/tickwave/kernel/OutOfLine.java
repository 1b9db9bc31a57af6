package org.tickwave.kernel;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.util.Arrays;

/**
 * Loops that C2 is to compile each for itself. Left alone it inlines every method below 325 bytes of bytecode into what calls
 * it, until 18,000 nodes are spent, some 35 vector operations; there it stops without a word, in the middle of a loop, whose
 * vectors are boxed from then on. It cannot inline a method handle that it does not take for a constant: hence these stand in
 * static fields that are not final. Such a call costs about as much as one of a virtual method.
 */
final class OutOfLine {
    private OutOfLine() {
    }

    /** A handle to the one method of that name in the class that looks it up. */
    static MethodHandle method(final MethodHandles.Lookup lookup, final String name) {
        final Method[] named = Arrays.stream(lookup.lookupClass().getDeclaredMethods())
            .filter(method -> method.getName().equals(name)).toArray(Method[]::new);
        if (named.length != 1) {
            throw new IllegalArgumentException(named.length + " methods " + name + " in " + lookup.lookupClass() + ": expected 1");
        }
        try {
            return lookup.unreflect(named[0]);
        } catch (final IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What a kernel threw, for the caller to throw on; none declares a checked exception. */
    static RuntimeException thrown(final Throwable e) {
        switch (e) {
            case final RuntimeException runtime -> throw runtime;
            case final Error error -> throw error;
            default -> throw new IllegalStateException(e);
        }
    }
}
