package org.tickwave.bench.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Java and Maven run in a UTF-8 locale if the machine has one, because the JVM decodes file names with the locale's encoding. */
@Execution(ExecutionMode.CONCURRENT)
class LocaleTest {
    @TempDir
    Path directory;

    private Checkout checkout;

    @BeforeEach
    void install() throws IOException {
        checkout = new Checkout(directory);
        checkout.jdk(checkout.machine.resolve("usr/lib/jvm/25"), "25");
    }

    private void expectLocale(final String expected, final Map<String, String> environment)
        throws IOException, InterruptedException {
        final Checkout.Result result = checkout.run(environment, "run");
        assertEquals(0, result.code(), result.err());
        final String java = result.out().lines().filter(line -> line.startsWith("locale ")).findFirst().orElse("locale ");
        assertEquals(expected, java.substring("locale ".length()));
        assertEquals(expected, Files.readString(checkout.machine.resolve("mvn-locale")).strip());
        assertTrue(result.out().contains("<-Dstdout.encoding=UTF-8>\n<-Dstderr.encoding=UTF-8>\n"), result.out());
    }

    private static Map<String, String> environment(final String assignments) {
        final Map<String, String> environment = new HashMap<>();
        for (final String assignment : assignments.split(" ")) {
            if (!assignment.equals("-")) {
                environment.put(assignment.split("=")[0], assignment.split("=")[1]);
            }
        }
        return environment;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        -                                   | C C.utf8 POSIX             | C.UTF-8
        LANG=C                              | C C.utf8 POSIX             | C.UTF-8
        LC_ALL=C                            | C C.utf8 POSIX             | C.UTF-8
        LC_ALL=POSIX                        | C C.utf8 POSIX             | C.UTF-8
        LANG=de_DE.UTF-8 LC_ALL=C           | C C.utf8 de_DE.utf8        | C.UTF-8
        LANG=en_US.UTF-8                    | C C.utf8 POSIX             | C.UTF-8
        LANG=de_DE.ISO-8859-1               | C de_DE.ISO-8859-1 sv_SE.UTF-8 xx.UTF-8 | sv_SE.UTF-8
        LC_ALL=C                            | C POSIX de_DE.utf8         | de_DE.utf8
        LC_ALL=C                            | C POSIX                    | C
        LANG=C                              | C POSIX                    | ''
        LANG=C.UTF-8                        | C C.utf8 POSIX             | ''
        LC_CTYPE=de_DE.UTF-8 LANG=C         | C C.utf8 de_DE.utf8        | ''
        LC_ALL=de_DE.UTF-8 LANG=C           | C C.utf8 de_DE.utf8        | de_DE.UTF-8
        """)
    void isUtf8WhereTheMachineHasOne(final String user, final String locales, final String expected)
        throws IOException, InterruptedException {
        checkout.addLocales(locales.split(" "));
        expectLocale(expected, environment(user));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        -                   | C.UTF-8
        LC_ALL=C            | C.UTF-8
        LANG=de_DE.UTF-8    | ''
        LC_ALL=de_DE.utf8   | de_DE.utf8
        """)
    void isUtf8WithoutALocaleCommand(final String user, final String expected) throws IOException, InterruptedException {
        expectLocale(expected, environment(user));
    }

    /** Runs the real program in a checkout whose path is not ASCII. */
    @ParameterizedTest
    @ValueSource(strings = {"LC_ALL=C", "-"})
    void aPathThatIsNotAsciiServesAsCheckout(final String user) throws IOException, InterruptedException {
        expectServesAsCheckout(user);
    }

    @ParameterizedTest
    @Tag("soak")
    @ValueSource(strings = {"LC_ALL=POSIX", "LANG=C"})
    void aPathThatIsNotAsciiServesAsCheckoutInOtherLocalesToo(final String user) throws IOException, InterruptedException {
        expectServesAsCheckout(user);
    }

    private void expectServesAsCheckout(final String user) throws IOException, InterruptedException {
        checkout.addProgram();
        checkout.addTool("locale");
        checkout.addTool("mv");
        final Map<String, String> environment = environment(user);
        environment.put("JAVA25_HOME", System.getProperty("java.home"));
        environment.put("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1");
        final Checkout.Result result = checkout.shell(environment, """
            d=$(printf 'c\\303\\266de')
            mv 'a checkout' "$d"
            "$d/tickwave" layout 3-3 || code=$?
            mv "$d" 'a checkout'
            exit ${code:-0}
            """);
        assertEquals(0, result.code(), result.err());
        assertTrue(result.out().contains("image: "), result.out());
    }

    @Test
    void aLocaleThatBashDoesNotKnowIsNoReasonForAWord() throws IOException, InterruptedException {
        checkout.addLocales("C", "no_SUCH.utf8");
        final Checkout.Result result = checkout.run("run");
        assertEquals(0, result.code());
        // Ignores the warnings of the scripts that stand for java and locale.
        assertFalse(result.err().contains("/tickwave:"), result.err());
        assertTrue(result.out().contains("locale no_SUCH.utf8\n"), result.out());
    }
}
