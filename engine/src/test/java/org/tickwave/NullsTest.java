package org.tickwave;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.YieldingIdleStrategy;
import org.agrona.concurrent.status.CountersReader;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A null argument is refused with the name that the caller knows. The test finds the methods by reflection, so that it forgets
 * no method.
 */
class NullsTest {
    private static final Network NETWORK = Network.chain(3, 5, 2).build();
    /** In these classes the message names the setter. */
    private static final Set<Class<?>> SETTERS = Set.of(Context.class, Network.Builder.class, GraphBuilder.class);
    /** Null restores the default. */
    private static final Set<String> OPTIONAL = Set.of("Context.arena", "Context.errorHandler", "Context.counters", "Context.errorLog");

    @TempDir
    private static Path directory;
    private static int files;

    /** An argument of a method that must not be null. */
    record Case(Method method, int index) {
        Parameter parameter() {
            return method.getParameters()[index];
        }

        String name() {
            if (SETTERS.contains(method.getDeclaringClass()) && method.getParameterCount() == 1) {
                return method.getName().replaceAll("(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
            }
            return parameter().getName();
        }

        @Override
        public String toString() {
            return method.getDeclaringClass().getSimpleName() + "." + method.getName() + "(" + name() + ")";
        }
    }

    private static List<Class<?>> types() throws IOException {
        final List<Class<?>> types = new ArrayList<>();
        try (Stream<Path> files = Files.list(Path.of("src/main/java/org/tickwave"))) {
            for (final Path file : files.filter(one -> one.toString().endsWith(".java")).sorted().toList()) {
                final String name = file.getFileName().toString().replace(".java", "");
                if (!name.equals("package-info")) {
                    add(Class.forName("org.tickwave." + name), types);
                }
            }
        } catch (final ClassNotFoundException e) {
            throw new AssertionError(e);
        }
        return types;
    }

    private static void add(final Class<?> type, final List<Class<?>> to) {
        if (Modifier.isPublic(type.getModifiers())) {
            to.add(type);
            for (final Class<?> inner : type.getDeclaredClasses()) {
                add(inner, to);
            }
        }
    }

    static List<Case> cases() throws IOException {
        final List<Case> cases = new ArrayList<>();
        for (final Class<?> type : types()) {
            for (final Method method : type.getDeclaredMethods()) {
                final String name = type.getSimpleName() + "." + method.getName();
                final boolean asked = Modifier.isPublic(method.getModifiers()) && !OPTIONAL.contains(name)
                    && !method.getName().equals("equals") && !(type.isEnum() && Modifier.isStatic(method.getModifiers()));
                for (int i = 0; i < method.getParameterCount() && asked; i++) {
                    if (!method.getParameterTypes()[i].isPrimitive()) {
                        cases.add(new Case(method, i));
                    }
                }
            }
        }
        assertTrue(cases.size() > 25, cases::toString);
        return cases;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aNullIsRefusedByItsName(final Case of) {
        assertTrue(of.parameter().isNamePresent());
        try (Engine engine = Engine.open(NETWORK, new Context())) {
            engine.input(new float[3]);
            final Object[] arguments = new Object[of.method.getParameterCount()];
            for (int i = 0; i < arguments.length; i++) {
                arguments[i] = i == of.index ? null : good(of.method.getParameterTypes()[i], engine);
            }
            final Object on = Modifier.isStatic(of.method.getModifiers()) ? null : on(of.method.getDeclaringClass(), engine);
            final Throwable e =
                assertThrows(InvocationTargetException.class, () -> of.method.invoke(on, arguments)).getCause();
            assertInstanceOf(NullPointerException.class, e);
            assertEquals(of.name(), e.getMessage());
            engine.target(new float[2]);
            engine.tick();
        }
    }

    private static Object on(final Class<?> type, final Engine engine) {
        final List<Object> objects = List.of(engine, engine.waves(), new Context(), NETWORK, Network.chain(3, 2), Rule.aligned(),
            Network.graph().input("in", 3).output("out", 2), engine.inputs().getFirst(), engine.outputs().getFirst(),
            new Checkpoint(NETWORK, new Context()), file(), image());
        return objects.stream().filter(type::isInstance).findFirst().orElseThrow(() -> new AssertionError(type));
    }

    private static CheckpointFile file() {
        try {
            return CheckpointFile.open(directory.resolve("checkpoint" + files++));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ImageFile image() {
        try {
            return ImageFile.create(directory.resolve("image" + files++), NETWORK, new Context());
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Object good(final Class<?> type, final Engine engine) {
        if (type == int.class) {
            return 1;
        }
        if (type == long.class) {
            return 0L;
        }
        final List<Object> objects = List.of(NETWORK, engine, new Context(), new Checkpoint(NETWORK, new Context()), Path.of("no file"), new float[15], new int[] {2}, new byte[1], "0", MemorySegment.ofArray(new float[9]),
            new UnsafeBuffer(new byte[64]), new CountersReader(new UnsafeBuffer(new byte[0]), new UnsafeBuffer(new byte[0])), (ThreadFactory) Thread::new, (Supplier<YieldingIdleStrategy>) YieldingIdleStrategy::new);
        assertTrue(objects.stream().anyMatch(DirectBuffer.class::isInstance));
        return objects.stream().filter(type::isInstance).findFirst().orElseThrow(() -> new AssertionError(type));
    }
}
