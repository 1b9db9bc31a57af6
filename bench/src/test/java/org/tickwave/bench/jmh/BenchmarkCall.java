package org.tickwave.bench.jmh;

import java.io.File;
import java.lang.annotation.Annotation;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import org.tickwave.bench.peer.Skipped;

/** One call of a benchmark without JMH: its states with their parameters, their set-up, the call and the tear-down. */
final class BenchmarkCall implements AutoCloseable {
    private static final String ENDING = "Benchmark.class";

    private final Method benchmark;
    private final Map<Class<?>, Object> states = new LinkedHashMap<>();
    private final Object of;

    /** This machine lacks what the benchmark needs. */
    static final class LeftOut extends RuntimeException {
        private static final long serialVersionUID = 1L;

        LeftOut(final Skipped why) {
            super(why);
        }
    }

    /** @param params values of parameters; the others have their defaults */
    BenchmarkCall(final Method benchmark, final Map<String, String> params) throws ReflectiveOperationException {
        this.benchmark = benchmark;
        for (final Class<?> type : types(benchmark)) {
            final Object state = type.getConstructor().newInstance();
            for (final Field field : type.getFields()) {
                if (field.isAnnotationPresent(Param.class)) {
                    field.set(state, value(field.getType(), params.getOrDefault(field.getName(), field.getAnnotation(Param.class).value()[0])));
                }
            }
            states.put(type, state);
        }
        of = states.get(benchmark.getDeclaringClass());
        try {
            fixtures(Setup.class);
        } catch (final InvocationTargetException e) {
            if (e.getCause() instanceof Skipped skipped) {
                throw new LeftOut(skipped);
            }
            throw e;
        }
    }

    /** All methods that JMH lists. */
    static List<Method> benchmarks() throws ReflectiveOperationException {
        final List<Method> all = new ArrayList<>();
        final String name = BenchmarkCall.class.getPackageName();
        for (final File file : new File("target/classes/" + name.replace('.', '/')).listFiles()) {
            if (file.getName().endsWith(ENDING)) {
                Arrays.stream(Class.forName(name + "." + file.getName().replace(".class", "")).getMethods())
                    .filter(method -> method.isAnnotationPresent(Benchmark.class)).forEach(all::add);
            }
        }
        all.sort(Comparator.comparing(Method::toString));
        return all;
    }

    /** The names of a benchmark's parameters. */
    static Set<String> params(final Method benchmark) {
        final Set<String> names = new LinkedHashSet<>();
        types(benchmark).forEach(type -> Arrays.stream(type.getFields()).filter(field -> field.isAnnotationPresent(Param.class))
            .map(Field::getName).forEach(names::add));
        return names;
    }

    /** The benchmark's class and its states. */
    private static List<Class<?>> types(final Method benchmark) {
        return Stream.concat(Stream.of(benchmark.getDeclaringClass()), Arrays.stream(benchmark.getParameterTypes())).toList();
    }

    private static Object value(final Class<?> type, final String text) throws ReflectiveOperationException {
        if (type == int.class) {
            return Integer.parseInt(text);
        }
        return type.isEnum() ? type.getMethod("valueOf", String.class).invoke(null, text) : text;
    }

    private void fixtures(final Class<? extends Annotation> kind) throws ReflectiveOperationException {
        for (final Object state : states.values()) {
            for (final Method method : state.getClass().getMethods()) {
                final Level level = method.isAnnotationPresent(Setup.class) && kind == Setup.class ? method.getAnnotation(Setup.class).value()
                    : method.isAnnotationPresent(TearDown.class) && kind == TearDown.class ? method.getAnnotation(TearDown.class).value() : null;
                final Object[] arguments = Arrays.stream(method.getParameterTypes()).map(states::get).toArray();
                // What needs JMH itself is left out, and so is what a benchmark prints in the end.
                if (level != null && !method.getName().equals("printWaits") && !Modifier.isStatic(method.getModifiers()) && Arrays.stream(arguments).noneMatch(each -> each == null)) {
                    method.invoke(state, arguments);
                }
            }
        }
    }

    /** One operation. */
    Work run() throws ReflectiveOperationException {
        benchmark.invoke(of, Arrays.stream(benchmark.getParameterTypes()).map(states::get).toArray());
        return (Work) states.getOrDefault(Work.class, new Work());
    }

    @Override
    public void close() throws ReflectiveOperationException {
        fixtures(TearDown.class);
    }
}
