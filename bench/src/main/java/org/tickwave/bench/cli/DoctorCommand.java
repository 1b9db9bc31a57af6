package org.tickwave.bench.cli;

import java.util.concurrent.Callable;
import org.tickwave.bench.doctor.Doctor;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tickwave doctor}. */
@Command(name = "doctor", mixinStandardHelpOptions = true, versionProvider = Version.class, sortOptions = false,
    description = {"Measures this machine and suggests changes. Takes about twenty seconds.",
        "Prints the JDK and its flags, lane widths, cores, caches, huge pages, timers, and how long a tick must be for two threads"
            + " to be faster than one."},
    exitCodeListHeading = "%nExit codes:%n", exitCodeList = {"0:done", "1:the fused pass could not be timed",
        "2:the command line is wrong", "130:interrupted"})
final class DoctorCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--json", description = "print one JSON object instead of text")
    private boolean json;

    @Option(names = "--quiet", description = "print no progress on standard error")
    private boolean quiet;

    /** For tests: measures everything so briefly that the numbers mean nothing. */
    @Option(names = "--short", hidden = true)
    private boolean shortRun;

    @Override
    public Integer call() {
        final Doctor doctor = new Doctor(spec.commandLine().getOut(), spec.commandLine().getErr(), Version.number(), json, quiet);
        return shortRun ? doctor.executeShort() : doctor.execute();
    }
}
