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

/** layout &lt;- kernel &lt;- pipeline &lt;- public face. The engine uses the JDK and Agrona, and nothing else. */
class ArchitectureTest {
    private static final List<String> PACKAGES =
        List.of("org.tickwave.layout", "org.tickwave.kernel", "org.tickwave.pipeline", "org.tickwave");
    private static final String[] LIBRARIES = {"java..", "jdk.incubator.vector", "com.sun.management", "org.agrona", "org.agrona.concurrent"};

    private final JavaClasses engine =
        new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("org.tickwave");

    /** A package may use itself, the packages below it, and the libraries. */
    private static ArchRule rule(final String name, final int below) {
        final Stream<String> own = Stream.concat(PACKAGES.subList(0, below).stream(), Stream.of(name));
        return classes().that().resideInAPackage(name).should().onlyDependOnClassesThat()
            .resideInAnyPackage(Stream.concat(own, Arrays.stream(LIBRARIES)).toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(strings = {"org.tickwave.layout", "org.tickwave.kernel", "org.tickwave.pipeline", "org.tickwave"})
    void aPackageUsesOnlyThoseBelowIt(final String name) {
        rule(name, PACKAGES.indexOf(name)).check(engine);
    }

    @Test
    void thereAreNoOtherPackages() {
        classes().should().resideInAnyPackage(PACKAGES.toArray(String[]::new)).check(engine);
        slices().matching("org.tickwave.(*)..").should().beFreeOfCycles().check(engine);
    }

    /** Of Agrona the engine uses the agents and two buffer interfaces. It links no class of Agrona that needs a JVM flag. */
    @Test
    void theEngineUsesNoClassOfAgronaThatNeedsAFlag() {
        final List<String> used = engine.stream().flatMap(type -> type.getDirectDependenciesFromSelf().stream())
            .map(dependency -> dependency.getTargetClass().getName()).filter(name -> name.startsWith("org.agrona"))
            .distinct().sorted().toList();
        assertEquals(
            List.of("org.agrona.DirectBuffer", "org.agrona.MutableDirectBuffer", "org.agrona.concurrent.Agent",
                "org.agrona.concurrent.AgentTerminationException", "org.agrona.concurrent.BackoffIdleStrategy", "org.agrona.concurrent.IdleStrategy"),
            used);
    }

    @Test
    void thePublicFaceIsSmall() {
        final long types = engine.stream().filter(type -> type.getPackageName().equals("org.tickwave"))
            .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC) && type.isTopLevelClass()).count();
        assertTrue(types <= 12, () -> types + " types");
    }

    /** The rules can fail: they do when a used package is missing from the list. */
    @Test
    void aDependencyUpwardsIsFound() {
        assertTrue(rule("org.tickwave.pipeline", 1).evaluate(engine).hasViolation());
        assertTrue(rule("org.tickwave", 2).evaluate(engine).hasViolation());
    }
}
