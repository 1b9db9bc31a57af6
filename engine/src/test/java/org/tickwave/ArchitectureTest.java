package org.tickwave;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** layout &lt;- kernel &lt;- pipeline &lt;- public face, and nothing from outside but the JDK and Agrona. */
class ArchitectureTest {
    private static final List<String> ROOMS =
        List.of("org.tickwave.layout", "org.tickwave.kernel", "org.tickwave.pipeline", "org.tickwave");
    private static final String[] OUTSIDE = {"java..", "jdk.incubator.vector", "com.sun.management", "org.agrona", "org.agrona.concurrent"};

    private final JavaClasses engine =
        new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("org.tickwave");

    /** A room may use itself, the rooms below it, and what is outside. */
    private static ArchRule rule(final String room, final int below) {
        final Stream<String> rooms = Stream.concat(ROOMS.subList(0, below).stream(), Stream.of(room));
        return classes().that().resideInAPackage(room).should().onlyDependOnClassesThat()
            .resideInAnyPackage(Stream.concat(rooms, Arrays.stream(OUTSIDE)).toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(strings = {"org.tickwave.layout", "org.tickwave.kernel", "org.tickwave.pipeline", "org.tickwave"})
    void aRoomUsesOnlyThoseBelowIt(final String room) {
        rule(room, ROOMS.indexOf(room)).check(engine);
    }

    @Test
    void thereAreNoOtherRooms() {
        classes().should().resideInAnyPackage(ROOMS.toArray(String[]::new)).check(engine);
        slices().matching("org.tickwave.(*)..").should().beFreeOfCycles().check(engine);
    }

    /** Only an interface of its buffers, and its agents, so that nothing of Agrona that wants a flag is ever linked. */
    @Test
    void ofAgronaTheEngineUsesNothingThatWantsAFlag() {
        final List<String> used = engine.stream().flatMap(type -> type.getDirectDependenciesFromSelf().stream())
            .map(dependency -> dependency.getTargetClass().getName()).filter(name -> name.startsWith("org.agrona"))
            .distinct().sorted().toList();
        assertEquals(
            List.of("org.agrona.DirectBuffer", "org.agrona.concurrent.Agent", "org.agrona.concurrent.AgentTerminationException",
                "org.agrona.concurrent.BackoffIdleStrategy", "org.agrona.concurrent.IdleStrategy"),
            used);
    }

    @Test
    void thePublicFaceIsSmall() {
        final long types = engine.stream().filter(type -> type.getPackageName().equals("org.tickwave"))
            .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC) && type.isTopLevelClass()).count();
        assertTrue(types <= 12, () -> types + " types");
    }

    /** The rules above see something: they fail when a room that is used is left out. */
    @Test
    void anArrowBackWouldBeSeen() {
        assertTrue(rule("org.tickwave.pipeline", 1).evaluate(engine).hasViolation());
        assertTrue(rule("org.tickwave", 2).evaluate(engine).hasViolation());
    }
}
