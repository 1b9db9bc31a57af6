package org.tickwave.bench.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.tickwave.bench.forks.Combination;
import org.tickwave.bench.setup.RunFailure;

/** JMH's arguments, taken apart. */
class JmhArgumentsTest {
    private static JmhArguments of(final String arguments) throws RunFailure {
        return JmhArguments.of(List.of(arguments.split(" ")));
    }

    @Test
    void takesApartWhatChoosesAndWhatGoesToEveryFork() throws RunFailure {
        final JmhArguments jmh = of("Tick.tick$ -p width=64,256 -f 7 -wi 3 -w 300ms Fused -e .*old -jvmArgsAppend -f -prof gc");
        assertEquals(7, jmh.forks());
        assertEquals(List.of("Tick.tick$", "-p", "width=64,256", "Fused", "-e", ".*old"), jmh.choice());
        assertEquals(List.of("-wi", "3", "-w", "300ms", "-jvmArgsAppend", "-f", "-prof", "gc"), jmh.others());
        assertEquals(List.of("Tick.tick$", "Fused", "-e", ".*old", "-lp"), jmh.ofDefaults());
        assertEquals(JmhArguments.FORKS, of("Tick").forks());
    }

    /** What JMH accepts as the number of forks is found, in each spelling. */
    @ParameterizedTest
    @ValueSource(strings = {"-f 3", "-f=3", "-f3", "--f 3", "--f=3"})
    void knowsTheSpellingsOfAnOption(final String option) throws RunFailure, CommandLineOptionException {
        assertEquals(3, new CommandLineOptions(option.split(" ")).getForkCount().get());
        final JmhArguments jmh = of("Tick " + option + " -i=4 -pwidth=64 -foe=false");
        assertEquals(3, jmh.forks());
        assertEquals(List.of("-i", "4", "-foe", "false"), jmh.others());
        assertEquals(List.of("Tick", "-p", "width=64"), jmh.choice());
    }

    @ParameterizedTest
    @ValueSource(strings = {"-rf json", "-rff x", "-o x", "-l", "-lp", "-lrf", "-lprof", "-h", "--rff x", "-rff=x", "-ox"})
    void refusesByNameWhatBreaksTheComparison(final String option) {
        final RunFailure failure = assertThrows(RunFailure.class, () -> of("Tick -wi 3 " + option));
        assertEquals(2, failure.exitCode());
        final String name = option.equals("-ox") ? "-o" : option.replaceFirst("^--", "-").replaceFirst("[ =].*", "");
        assertTrue(failure.getMessage().startsWith(name + ": not together with --compare"), failure.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"-f 0", "-f -1", "-f 1001", "-f many", "-f 3 -f 4"})
    void refusesANumberOfForksThatCannotBe(final String option) {
        final RunFailure failure = assertThrows(RunFailure.class, () -> of(option));
        assertEquals(2, failure.exitCode());
        assertTrue(failure.getMessage().contains("expected once, and 1 to 1000"), failure.getMessage());
    }

    /** JMH accepts an abbreviation. What it stands for is not guessed. */
    @Test
    void refusesAnAbbreviation() {
        final RunFailure failure = assertThrows(RunFailure.class, () -> of("--jvmArgsA -Xint"));
        assertTrue(failure.getMessage().contains("'--jvmArgsA': expected an option of JMH with its full name"), failure.getMessage());
    }

    /** JMH itself reads the arguments of a fork as meant. */
    @Test
    void theArgumentsOfAForkRunOneCombinationOnce() throws RunFailure, CommandLineOptionException {
        final Combination combination = Combination.of("org.x.A.b", Map.of("width", "64", "depth", "1"));
        final CommandLineOptions fork = new CommandLineOptions(
            of("A -p width=64,256 -f 7 -i 6").ofFork(combination, "file").toArray(String[]::new));
        assertEquals(1, fork.getForkCount().get());
        assertEquals(6, fork.getMeasurementIterations().get());
        assertEquals(List.of("64"), List.copyOf(fork.getParameter("width").get()));
        assertEquals(true, fork.shouldFailOnError().get());
        assertEquals(1, fork.getIncludes().size());
        assertTrue("org.x.A.b".matches(fork.getIncludes().getFirst()));
    }

    @Test
    void onErrorItGoesOnIfTheUserSaysSo() throws RunFailure, CommandLineOptionException {
        final List<String> fork = of("A -foe false").ofFork(new Combination("A.b", List.of()), "file");
        assertEquals(false, new CommandLineOptions(fork.toArray(String[]::new)).shouldFailOnError().get());
    }
}
