package org.tickwave;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tickwave.layout.Wiring;

/** layout &lt;- kernel &lt;- pipeline &lt;- keep &lt;- event &lt;- public face. The engine uses the JDK and Agrona, and nothing else. */
@Execution(ExecutionMode.CONCURRENT)
class ArchitectureTest {
    private static final List<String> PACKAGES =
        List.of("org.tickwave.layout", "org.tickwave.kernel", "org.tickwave.pipeline", "org.tickwave.keep", "org.tickwave.event", "org.tickwave");
    private static final String[] LIBRARIES = {"java..", "jdk.incubator.vector", "jdk.jfr", "com.sun.management", "org.agrona",
        "org.agrona.concurrent", "org.agrona.concurrent.status", "org.agrona.concurrent.errors"};
    /** These need Agrona's JVM flag. */
    private static final List<String> NEED_A_FLAG = List.of("org.agrona.concurrent.errors.DistinctErrorLog",
        "org.agrona.concurrent.status.AtomicCounter", "org.agrona.concurrent.status.CountersManager",
        "org.agrona.concurrent.status.CountersReader", "org.agrona.concurrent.status.CountersReader$MetaData");
    private static final List<Class<?>> OBSERVED = List.of(Context.class, EngineObserver.class, CounterSet.class, EngineCounters.class);

    private static final JavaClasses ENGINE =
        new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("org.tickwave");

    /** A package may use itself, the packages below it, and the libraries. */
    private static ArchRule rule(final String name, final int below) {
        final Stream<String> own = Stream.concat(PACKAGES.subList(0, below).stream(), Stream.of(name));
        return classes().that().resideInAPackage(name).should().onlyDependOnClassesThat()
            .resideInAnyPackage(Stream.concat(own, Arrays.stream(LIBRARIES)).toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(strings = {"org.tickwave.layout", "org.tickwave.kernel", "org.tickwave.pipeline", "org.tickwave.keep", "org.tickwave.event", "org.tickwave"})
    void aPackageUsesOnlyThoseBelowIt(final String name) {
        rule(name, PACKAGES.indexOf(name)).check(ENGINE);
    }

    @Test
    void thereAreNoOtherPackages() {
        classes().should().resideInAnyPackage(PACKAGES.toArray(String[]::new)).check(ENGINE);
        slices().matching("org.tickwave.(*)..").should().beFreeOfCycles().check(ENGINE);
    }

    /** Latency and levels are numbers of ticks that only the wiring turns into ages and gates. The network hands them on. */
    @Test
    void onlyTheWiringKnowsLatencyAndLevels() {
        for (final String ticks : List.of("latency", "level")) {
            noClasses().that().doNotHaveFullyQualifiedName(Wiring.class.getName()).and().doNotHaveFullyQualifiedName(Network.class.getName())
                .should().callMethodWhere(target(owner(type(Wiring.class))).and(target(name(ticks)))).check(ENGINE);
        }
    }

    /** The fields and the computation of all delays are the wiring's own. */
    @Test
    void onlyTheWiringUsesItsDelays() {
        classes().that().haveNameMatching("org.tickwave.layout.(Delays|Ways)").should().onlyHaveDependentClassesThat()
            .haveNameMatching("org.tickwave.layout.(Wiring.*|Delays.*|Ways)").check(ENGINE);
    }

    /** A delay or a gate is computed from the number of a layer: 2 * (layers - l), layers - l, last - number and the like. */
    @Test
    void onlyTheWiringComputesWithThePlaceOfALayer() throws IOException {
        final Pattern delay = Pattern.compile("\\b2L? \\* \\(?[\\w.()]*\\b(layers|last|latency)\\b"
            + "|\\b(layers|last|latency|top)(\\(\\))? - (l|layer|number|i)\\b");
        assertTrue(delay.matcher("2 * (layers - l)").find() && delay.matcher("wiring.last() - layer").find());
        final List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            for (final Path file : files.filter(path -> path.toString().endsWith(".java") && !path.endsWith("Wiring.java") && !path.endsWith("Delays.java")).toList()) {
                Files.readAllLines(file).stream().filter(line -> delay.matcher(line).find())
                    .forEach(line -> found.add(file.getFileName() + ": " + line.strip()));
            }
        }
        assertEquals(List.of(), found);
    }

    /**
     * Of Agrona the engine uses the agents, the error handler and two buffer interfaces. Only what observes the engine names a class of
     * Agrona that needs a JVM flag, and links the class only if the embedder gives such an object.
     */
    @Test
    void theEngineUsesNoClassOfAgronaThatNeedsAFlag() {
        noClasses().that().doNotBelongToAnyOf(OBSERVED.toArray(Class<?>[]::new)).should().dependOnClassesThat()
            .resideInAnyPackage("org.agrona.concurrent.status", "org.agrona.concurrent.errors").check(ENGINE);
        final List<String> used = ENGINE.stream().flatMap(type -> type.getDirectDependenciesFromSelf().stream())
            .map(dependency -> dependency.getTargetClass().getName()).filter(name -> name.startsWith("org.agrona"))
            .filter(name -> !NEED_A_FLAG.contains(name)).distinct().sorted().toList();
        assertEquals(
            List.of("org.agrona.DirectBuffer", "org.agrona.ErrorHandler", "org.agrona.MutableDirectBuffer", "org.agrona.concurrent.Agent",
                "org.agrona.concurrent.AgentTerminationException", "org.agrona.concurrent.BackoffIdleStrategy", "org.agrona.concurrent.IdleStrategy"),
            used);
    }

    /** A tick touches no file. The public face opens one only to map it. */
    @Test
    void onlyCheckpointsAndImageFilesTouchFiles() {
        noClasses().that().resideInAnyPackage("org.tickwave.layout", "org.tickwave.kernel", "org.tickwave.pipeline", "org.tickwave")
            .and().areNotAssignableTo(CheckpointFile.class).and().areNotAssignableTo(ImageFile.class).and().areNotAssignableTo(ImageView.class).should().dependOnClassesThat()
            .resideInAnyPackage("java.nio.file..", "java.nio.channels..").check(ENGINE);
        noClasses().that().resideInAPackage("org.tickwave.pipeline").should().dependOnClassesThat()
            .resideInAPackage("org.tickwave.keep").check(ENGINE);
    }

    /** The engine runs without the module jdk.jfr. So only the events are JFR's, and they are used behind one class. */
    @Test
    void onlyTheEventsAreJfrs() {
        noClasses().that().resideOutsideOfPackage("org.tickwave.event").should().dependOnClassesThat().resideInAPackage("jdk.jfr").check(ENGINE);
        classes().that().resideInAPackage("org.tickwave.event").and().doNotHaveSimpleName("Events").and().doNotHaveSimpleName("package-info")
            .should().bePackagePrivate().andShould().beAssignableTo("jdk.jfr.Event").check(ENGINE);
        noClasses().that().resideInAPackage("org.tickwave.event").should().dependOnClassesThat()
            .resideInAnyPackage("org.tickwave.layout", "org.tickwave.kernel", "org.tickwave.pipeline", "org.agrona..").check(ENGINE);
    }

    @Test
    void thePublicFaceIsSmall() {
        final long types = ENGINE.stream().filter(type -> type.getPackageName().equals("org.tickwave"))
            .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC) && type.isTopLevelClass()).count();
        assertTrue(types <= 24, () -> types + " types");
    }

    /** The rules can fail: they do when a used package is missing from the list. */
    @Test
    void aDependencyUpwardsIsFound() {
        assertTrue(rule("org.tickwave.pipeline", 1).evaluate(ENGINE).hasViolation());
        assertTrue(rule("org.tickwave", 2).evaluate(ENGINE).hasViolation());
    }
}
