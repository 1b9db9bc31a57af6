package org.tickwave;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.lang.foreign.Arena;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;
import org.agrona.concurrent.YieldingIdleStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every setting is copied, and is told; a setting that is new is looked at without a word here, but for its type. */
class ContextTest {
    static List<Field> settings() {
        final List<Field> settings =
            Arrays.stream(Context.class.getDeclaredFields()).filter(field -> !Modifier.isStatic(field.getModifiers())).toList();
        assertTrue(settings.size() > 15, settings::toString);
        settings.forEach(setting -> setting.setAccessible(true));
        return settings;
    }

    /** A value that is not the default. */
    private static Object other(final Field setting) throws IllegalAccessException {
        final Object value = setting.get(new Context());
        final Class<?> type = setting.getType();
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
            (ThreadFactory) Thread::new, (Supplier<YieldingIdleStrategy>) YieldingIdleStrategy::new);
        return known.stream().filter(type::isInstance).findFirst()
            .orElseThrow(() -> new AssertionError(setting + ": expected a value of its type in this test"));
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
        assumeFalse(setting.getName().equals("warmUpLimitNs"), "no embedder can set the limit");
        final Context context = new Context();
        setting.set(context, other(setting));
        assertNotEquals(new Context().toString(), context.toString());
    }

    @Test
    void theDefaultsAreTold() {
        assertEquals("Context[rule=aligned, hold=1, rate=0.01, clip=Infinity, seed=1, history=0, learning=true, warmUp=false, "
            + "guard=STOP, arena=the engine's, bands=1, cut=by cost, cacheBytes=1048576, threadFactory=the engine's, "
            + "idleStrategy=the engine's, stallLimitNs=0, sampleEvery=0]", new Context().toString());
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
