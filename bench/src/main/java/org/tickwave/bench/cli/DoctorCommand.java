package org.tickwave.bench.cli;

import java.util.concurrent.Callable;
import org.tickwave.bench.doctor.Doctor;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tickwave doctor}. */
@Command(name = "doctor", mixinStandardHelpOptions = true, versionProvider = Version.class, sortOptions = false,
    description = {"Says what this machine offers, and what to change.",
        "JDK and flags, lane widths, cores, caches, huge pages, timers, and from what tick on two threads win; twenty seconds."},
    exitCodeListHeading = "%nExit codes:%n", exitCodeList = {"0:done", "1:the fused pass could not be timed",
        "2:the command line is wrong", "130:interrupted"})
final class DoctorCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--json", description = "one JSON object on standard output, instead of text")
    private boolean json;

    @Option(names = "--quiet", description = "no progress on standard error")
    private boolean quiet;

    /** For tests: everything is looked at, and no number means anything. */
    @Option(names = "--short", hidden = true)
    private boolean brief;

    @Override
    public Integer call() {
        final Doctor doctor = new Doctor(spec.commandLine().getOut(), spec.commandLine().getErr(), Version.number(), json, quiet);
        return brief ? doctor.executeShort() : doctor.execute();
    }
}
