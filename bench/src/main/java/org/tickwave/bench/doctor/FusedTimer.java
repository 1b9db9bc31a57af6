package org.tickwave.bench.doctor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.tickwave.bench.jmh.FusedPassBenchmark;
import org.tickwave.kernel.Lanes;

/**
 * Times the fused pass in a second JVM, whose vectors have a given width. This class starts that JVM, is the main class there, and
 * parses the output.
 */
final class FusedTimer {
    private static final String BITS = "bits ";
    private static final String PASS = "pass ";
    /** Short, so that other processes leave some rounds undisturbed. */
    private static final long ROUND_NS = 1_000_000;
    /** Passes between two readings of the clock. */
    private static final int BATCH = 16;
    private static final long LIMIT_S = 30;

    private final Path java;
    private final String classPath;
    private final Durations durations;

    FusedTimer(final Path java, final String classPath, final Durations durations) {
        this.java = java;
        this.classPath = classPath;
        this.durations = durations;
    }

    /** Uses the JDK and the class path of this JVM. */
    static FusedTimer withThisJdk(final Durations durations) {
        return new FusedTimer(
            Path.of(System.getProperty("java.home"), "bin", "java"), System.getProperty("java.class.path"), durations);
    }

    /** Times one width. If the measurement fails, the result holds the reason instead of times. */
    LaneWidths.Width time(final int bits) {
        final List<String> command = new ArrayList<>(List.of(
            java.toString(), Jdk.VECTORS, Jdk.NO_STATISTICS, "-XX:MaxVectorSize=" + bits / Byte.SIZE, "-XX:-PrintWarnings",
            "-cp", classPath, FusedTimer.class.getName(), Integer.toString(bits), Long.toString(durations.passNs())));
        durations.layers().forEach(width -> command.add(width.toString()));
        final Process process;
        try {
            process = new ProcessBuilder(command).start();
        } catch (final IOException e) {
            return failed(bits, e.getMessage());
        }
        try {
            process.getOutputStream().close();
            if (!process.waitFor(LIMIT_S, TimeUnit.SECONDS)) {
                return failed(bits, "no answer within " + LIMIT_S + " s from " + java);
            }
            final String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            final String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.exitValue() == 0 ? read(bits, out) : failed(bits, reason(process.exitValue(), out + err));
        } catch (final IOException e) {
            return failed(bits, e.getMessage());
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            return failed(bits, "interrupted");
        } finally {
            process.destroyForcibly();
        }
    }

    private static LaneWidths.Width failed(final int bits, final String why) {
        return new LaneWidths.Width(bits, null, why, null);
    }

    /** The first line of the output that describes an error. */
    static String reason(final int exitCode, final String output) {
        return output.lines().map(String::strip)
            .filter(line -> !line.isEmpty() && !line.startsWith("WARNING:") && !line.startsWith("Picked up ")
                && !line.startsWith("NOTE: Picked up ") && !line.matches("#\\s*") && !line.startsWith(BITS) && !line.startsWith(PASS))
            .findFirst().orElse("the JVM ended with exit code " + exitCode);
    }

    /** Parses the output of a JVM that ended with exit code 0. */
    LaneWidths.Width read(final int bits, final String output) {
        Integer actual = null;
        final Map<Integer, Double> passNs = new TreeMap<>();
        for (final String line : output.lines().toList()) {
            final String[] words = line.split(" ");
            if (line.matches(BITS + "[0-9]{1,5}")) {
                actual = Integer.valueOf(words[1]);
            } else if (line.matches(PASS + "[0-9]{1,9} [0-9]{1,12}\\.[0-9]+")) {
                passNs.put(Integer.valueOf(words[1]), Double.valueOf(words[2]));
            }
        }
        if (actual != null && actual != bits) {
            return new LaneWidths.Width(bits, false, "this machine does not support this width", null);
        }
        return actual == null || !passNs.keySet().containsAll(durations.layers())
            ? failed(bits, "the JVM's output is incomplete") : new LaneWidths.Width(bits, true, null, passNs);
    }

    /** @param args the vector width in bits, nanoseconds for each layer, then the width of each layer */
    public static void main(final String[] args) {
        System.out.println(BITS + Lanes.LANES * Float.SIZE);
        if (Lanes.LANES * Float.SIZE == Integer.parseInt(args[0])) {
            for (int i = 2; i < args.length; i++) {
                System.out.println(PASS + args[i] + " " + passNs(Integer.parseInt(args[i]), Long.parseLong(args[1])));
            }
        }
    }

    /** The best of several rounds, after a warm-up that takes {@code lengthNs} too. */
    private static double passNs(final int width, final long lengthNs) {
        final FusedPassBenchmark pass = new FusedPassBenchmark();
        pass.width = width;
        pass.setUp();
        round(pass, lengthNs);
        double best = Double.POSITIVE_INFINITY;
        final long startNs = System.nanoTime();
        do {
            best = Math.min(best, round(pass, Math.min(ROUND_NS, lengthNs)));
        } while (System.nanoTime() - startNs < lengthNs);
        pass.tearDown();
        return best;
    }

    private static double round(final FusedPassBenchmark pass, final long lengthNs) {
        final long startNs = System.nanoTime();
        long passes = 0;
        long tookNs;
        do {
            for (int i = 0; i < BATCH; i++) {
                pass.fused();
            }
            passes += BATCH;
            tookNs = System.nanoTime() - startNs;
        } while (tookNs < lengthNs);
        return (double) tookNs / passes;
    }
}
