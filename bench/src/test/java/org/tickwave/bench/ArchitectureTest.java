package org.tickwave.bench;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Packages of the bench depend on each other in one direction only. */
class ArchitectureTest {
    private static final JavaClasses BENCH = new ClassFileImporter().importPath(Path.of("target", "classes"));

    @Test
    void noTwoPackagesDependOnEachOther() {
        slices().matching("org.tickwave.bench.(*)..").should().beFreeOfCycles().check(BENCH);
    }

    /** The classes are really there: the commands use the sessions. */
    @Test
    void aDependencyIsFound() {
        assertTrue(noClasses().that().resideInAPackage("org.tickwave.bench.run").should().dependOnClassesThat()
            .resideInAPackage("org.tickwave.bench.session").evaluate(BENCH).hasViolation());
    }
}
