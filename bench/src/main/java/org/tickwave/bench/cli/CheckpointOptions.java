package org.tickwave.bench.cli;

import org.tickwave.bench.setup.KeepOptions;
import picocli.CommandLine.Option;

/** The options of {@code tickwave run} about checkpoints. */
final class CheckpointOptions {
    private static final long EVERY_NS = 60_000_000_000L;

    @Option(names = "--checkpoint", paramLabel = "FILE",
        description = "keep all state of the run in FILE, and the checkpoint before in FILE.1, so that --resume can go on after a crash")
    private String checkpoint;

    @Option(names = "--every", paramLabel = "N|Ns", converter = EveryOption.class,
        description = "make a checkpoint after every N frames, or every N seconds, and when the run ends (default: 60s)")
    private EveryOption.Every every;

    @Option(names = "--resume", description = "go on from the newest checkpoint in the file of --checkpoint, with the same bits as if the run had"
        + " not been stopped; give the options of the run again")
    private boolean resume;

    /** Refuses a command line unless something holds. */
    @FunctionalInterface
    interface Expect {
        void expect(boolean holds, String option, Object value, String expected);
    }

    void check(final Expect command) {
        command.expect(checkpoint == null || !checkpoint.isEmpty(), "--checkpoint", "\"\"", "a file");
        command.expect(checkpoint != null || !resume, "--resume without", "--checkpoint FILE", "the file with the checkpoint");
        command.expect(checkpoint != null || every == null, "--every without", "--checkpoint FILE", "the file for checkpoints");
    }

    /** Null without checkpoints. */
    String file() {
        return checkpoint;
    }

    /** Null without checkpoints. */
    KeepOptions options() {
        return checkpoint == null ? null
            : new KeepOptions(checkpoint, every == null ? 0 : every.frames(), every == null ? EVERY_NS : every.ns(), resume);
    }
}
