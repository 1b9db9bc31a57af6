package org.tickwave.bench.doctor;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.tickwave.bench.json.Json;
import org.tickwave.kernel.Lanes;

/** {@code tickwave doctor}: measures the machine and prints what it found. */
public final class Doctor {
    private static final int DONE = 0;
    private static final int FAILED = 1;

    private final PrintWriter out;
    private final PrintWriter err;
    private final String version;
    private final boolean json;
    private final boolean quiet;

    /**
     * @param out   gets the findings, and nothing else
     * @param err   gets progress and errors
     * @param json  whether to print one JSON object instead of text
     * @param quiet whether to print no progress
     */
    public Doctor(final PrintWriter out, final PrintWriter err, final String version, final boolean json, final boolean quiet) {
        this.out = out;
        this.err = err;
        this.version = version;
        this.json = json;
        this.quiet = quiet;
    }

    /** @return an exit code */
    public int execute() {
        return execute(Durations.STANDARD, new SystemFiles(Path.of("/")), FusedTimer.withThisJdk(Durations.STANDARD));
    }

    /** Measures as {@link #execute()} does, but so briefly that the numbers mean nothing. */
    public int executeShort() {
        return execute(Durations.SHORTEST, new SystemFiles(Path.of("/")), FusedTimer.withThisJdk(Durations.SHORTEST));
    }

    int execute(final Durations durations, final SystemFiles files, final FusedTimer timer) {
        final Findings findings = measure(durations, files, timer).advised();
        out.println(json ? json(findings) : new DoctorText(findings).text());
        out.flush();
        if (findings.lanes().better() == null) {
            err.println("tickwave doctor: no lane width could be timed: " + findings.lanes().widths().getFirst().why());
            err.flush();
            return FAILED;
        }
        return DONE;
    }

    static String json(final Findings findings) {
        return Json.RECORD.toJson(findings);
    }

    private Findings measure(final Durations durations, final SystemFiles files, final FusedTimer timer) {
        final int processors = Runtime.getRuntime().availableProcessors();
        final Consumer<String> progress = this::progress;
        return new Findings(
            version, system(), Jdk.ofThisJvm(), LaneWidths.measure(Lanes.LANES * Float.SIZE, timer, progress),
            Cores.of(files, processors), Cache.of(files), Pages.of(files, System.getenv("GLIBC_TUNABLES")),
            Lateness.Waits.measure(durations.waitNs(), progress), RoundTripTimes.measure(processors, durations.tripNs(), progress),
            TwoThreads.measure(processors, durations, progress), List.of());
    }

    /** Name, version and architecture of the operating system. */
    public static String system() {
        return System.getProperty("os.name") + " " + System.getProperty("os.version") + ", " + System.getProperty("os.arch");
    }

    /** Size of the L2 of one core, the smallest if there are several kinds; null if the system does not say. */
    public static Long l2Bytes() {
        final List<Cache> caches = Cache.of(new SystemFiles(Path.of("/")));
        return caches == null ? null
            : caches.stream().filter(cache -> cache.level() == 2 && !cache.type().equals("instruction")).map(Cache::bytes).findFirst().orElse(null);
    }

    private void progress(final String what) {
        if (!quiet) {
            err.println("measuring " + what + " ...");
            err.flush();
        }
    }
}
