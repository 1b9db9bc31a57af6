package org.tickwave.example;

import java.io.IOException;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.tickwave.Network;

/** Loads every exported class, calls every method and constructor that needs no object, and prints the results. */
public final class WithoutTheFlag {
    private WithoutTheFlag() {
    }

    /** The argument is the engine's jar. */
    public static void main(final String[] args) throws IOException, ReflectiveOperationException {
        for (final String name : names(Path.of(args[0]))) {
            final Class<?> type = Class.forName(name);
            if (Modifier.isPublic(type.getModifiers())) {
                for (final Executable entry : entries(type).toList()) {
                    System.out.println(type.getSimpleName() + "." + entry.getName() + ": " + outcome(type, entry));
                }
            }
        }
        System.out.println("build: " + outcome(Network.chain(2, 1), Network.Builder.class.getMethod("build")));
    }

    private static List<String> names(final Path jar) throws IOException {
        try (FileSystem files = FileSystems.newFileSystem(jar); Stream<Path> all = Files.list(files.getPath("org/tickwave"))) {
            return all.map(Path::toString).filter(name -> name.endsWith(".class") && !name.endsWith("package-info.class"))
                .map(name -> name.substring(0, name.length() - ".class".length()).replaceFirst("^/", "").replace('/', '.'))
                .sorted().toList();
        }
    }

    private static Stream<Executable> entries(final Class<?> type) {
        final Stream<Executable> statics =
            Stream.<Executable>of(type.getDeclaredMethods()).filter(method -> Modifier.isStatic(method.getModifiers()));
        return Stream.concat(statics, Stream.of(type.getDeclaredConstructors()))
            .filter(entry -> Modifier.isPublic(entry.getModifiers()));
    }

    private static String outcome(final Object on, final Executable entry) throws ReflectiveOperationException {
        final Object[] arguments = Stream.of(entry.getParameterTypes()).map(WithoutTheFlag::argument).toArray();
        try {
            if (entry instanceof final Method method) {
                method.invoke(on, arguments);
            } else {
                ((Constructor<?>) entry).newInstance(arguments);
            }
            return "done";
        } catch (final InvocationTargetException e) {
            return e.getCause().toString();
        }
    }

    private static Object argument(final Class<?> type) {
        return type.isPrimitive() ? Array.get(Array.newInstance(type, 1), 0) : null;
    }
}
