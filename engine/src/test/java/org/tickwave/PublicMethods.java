package org.tickwave;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** All methods that an embedder may call, for calls with any arguments. */
final class PublicMethods {
    private PublicMethods() {
    }

    static List<Method> of(final Class<?> type, final Set<String> but) {
        final List<Method> methods = new ArrayList<>();
        for (final Method method : type.getDeclaredMethods()) {
            final int modifiers = method.getModifiers();
            if (Modifier.isPublic(modifiers) && !Modifier.isStatic(modifiers) && !but.contains(method.getName())) {
                methods.add(method);
            }
        }
        return methods;
    }

    private static Object argument(final Class<?> type) {
        if (type == float.class) {
            return 0f;
        }
        if (type == boolean.class) {
            return true;
        }
        if (type == int.class) {
            return 1;
        }
        return type == long.class ? 1L : null;
    }

    /** Calls the method, and returns the exception. */
    static Throwable thrown(final Object on, final Method method) {
        final Object[] arguments = new Object[method.getParameterCount()];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = argument(method.getParameterTypes()[i]);
        }
        try {
            method.invoke(on, arguments);
        } catch (final InvocationTargetException e) {
            return e.getCause();
        } catch (final IllegalAccessException e) {
            throw new AssertionError(e);
        }
        throw new AssertionError(method + " threw nothing");
    }
}
