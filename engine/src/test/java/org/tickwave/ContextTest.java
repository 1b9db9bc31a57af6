package org.tickwave;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.lang.foreign.Arena;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.YieldingIdleStrategy;
import org.agrona.concurrent.errors.DistinctErrorLog;
import org.agrona.concurrent.status.CountersManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every setting is copied, and is told; a setting that is new is looked at without a word here, but for its type. */
class ContextTest {
    private static final Set<String> HIDDEN = Set.of("warmUpLimitNs", "scratch");

    static List<Field> settings() {
        final List<Field> settings =
            Arrays.stream(Context.class.getDeclaredFields()).filter(field -> !Modifier.isStatic(field.getModifiers())).toList();
        assertTrue(settings.size() > 15, settings::toString);
        settings.forEach(setting -> setting.setAccessible(true));
        return settings;
    }

    /** A value that is not the default. */
    private static Object other(final Field setting) throws IllegalAccessException {
        return good(setting.getType(), setting.get(new Context()));
    }

    /** An array may lie at an address at which Agrona does not want a counter. */
    private static UnsafeBuffer buffer(final int bytes) {
        return new UnsafeBuffer(ByteBuffer.allocateDirect(bytes));
    }

    private static Object good(final Class<?> type, final Object value) {
        if (type == int.class) {
            return (int) value + 7;
        }
        if (type == long.class) {
            return (long) value + 7;
        }
        if (type == float.class) {
            return 3.5f;
        }
        if (type == boolean.class) {
            return !(boolean) value;
        }
        final List<Object> known = List.of(Rule.window(3), Engine.Guard.COUNT, Arena.global(), new int[] {1, 2},
            (ThreadFactory) Thread::new, (Supplier<YieldingIdleStrategy>) YieldingIdleStrategy::new, "camera", (ErrorHandler) e -> { },
            new CountersManager(buffer(4096), buffer(1024)),
            new DistinctErrorLog(buffer(4096), System::currentTimeMillis));
        return known.stream().filter(type::isInstance).findFirst()
            .orElseThrow(() -> new AssertionError(type + ": expected a value of this type in this test"));
    }

    @ParameterizedTest
    @MethodSource("settings")
    void aSettingIsCopied(final Field setting) throws IllegalAccessException {
        final Object value = other(setting);
        final Context context = new Context();
        assertNotEquals(setting.get(context), value);
        setting.set(context, value);
        assertEquals(value, setting.get(new Context(context)));
    }

    @ParameterizedTest
    @MethodSource("settings")
    void aSettingIsTold(final Field setting) throws IllegalAccessException {
        assumeFalse(HIDDEN.contains(setting.getName()), "no embedder can set this");
        final Context context = new Context();
        setting.set(context, other(setting));
        assertNotEquals(new Context().toString(), context.toString());
    }

    static List<Method> setters() {
        final List<Method> setters = Stream.of(Context.class.getMethods())
            .filter(method -> method.getReturnType() == Context.class && method.getParameterCount() == 1).toList();
        assertTrue(setters.size() >= 22, setters::toString);
        return setters;
    }

    @ParameterizedTest
    @MethodSource("setters")
    void whatIsSetCanBeGot(final Method setter) throws ReflectiveOperationException {
        final Context context = new Context();
        final Method getter = Context.class.getMethod(setter.getName());
        final Object value = good(setter.getParameterTypes()[0], getter.invoke(context));
        assertNotEquals(text(value), text(getter.invoke(context)));
        assertSame(context, setter.invoke(context, value));
        assertEquals(text(value), text(getter.invoke(context)));
    }

    /** A cut is copied. */
    private static Object text(final Object value) {
        return value instanceof final int[] numbers ? Arrays.toString(numbers) : value;
    }

    @Test
    void theCutIsCopied() {
        final Context context = new Context().cut(1, 2);
        context.cut()[0] = 7;
        assertArrayEquals(new int[] {1, 2}, context.cut());
    }

    @Test
    void threadsAreBandsAndBandsAreNotThreads() {
        assertEquals("3 threads, 3 bands", counts(new Context().threads(3)));
        assertEquals("1 threads, 3 bands", counts(new Context().bands(3)));
        assertEquals("1 threads, 1 bands", counts(new Context()));
    }

    private static String counts(final Context context) {
        return context.threads() + " threads, " + context.bands() + " bands";
    }

    @Test
    void theDefaultsAreTold() {
        assertEquals("Context[name=by number, rule=aligned, hold=1, rate=0.01, clip=Infinity, seed=1, history=0, learning=true, warmUp=false, "
            + "guard=STOP, arena=the engine's, bands=1, cut=by cost, cacheBytes=1048576, threadFactory=the engine's, "
            + "idleStrategy=the engine's, stallLimitNs=0, sampleEvery=0, errorHandler=none, counters=none, errorLog=none]", new Context().toString());
    }

    /** Text of the embedder's own may be long, or throw. */
    @Test
    void whatIsTheEmbeddersIsNotAskedForItsText() {
        final Supplier<YieldingIdleStrategy> supplier = new Supplier<>() {
            @Override
            public YieldingIdleStrategy get() {
                return new YieldingIdleStrategy();
            }

            @Override
            public String toString() {
                throw new IllegalStateException("asked");
            }
        };
        assertTrue(new Context().idleStrategy(supplier).toString().contains("idleStrategy=the embedder's"));
    }
}
