package org.tickwave.safetensors;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The module uses what every embedder can use: the engine's public face. Of JSON it uses only the tokens. */
class ArchitectureTest {
    private static final JavaClasses MODULE = new ClassFileImporter().importPath(Path.of("target", "classes"));

    private static ArchRule rule(final String name, final String... used) {
        return classes().that().resideInAPackage(name).should().onlyDependOnClassesThat().resideInAnyPackage(used);
    }

    @Test
    void filesNeedNoTensorsAndNoEngine() {
        rule("org.tickwave.safetensors.file", "org.tickwave.safetensors.file", "com.google.gson", "com.google.gson.stream", "java..").check(MODULE);
    }

    @Test
    void tensorsNeedThePublicFaceOfTheEngine() {
        rule("org.tickwave.safetensors", "org.tickwave.safetensors", "org.tickwave.safetensors.file", "org.tickwave", "com.google.gson.stream",
            "java..").check(MODULE);
    }

    /** The rules can fail: they do when a used package is missing from the list. */
    @Test
    void aDependencyIsFound() {
        assertTrue(rule("org.tickwave.safetensors", "org.tickwave.safetensors", "java..").evaluate(MODULE).hasViolation());
    }
}
