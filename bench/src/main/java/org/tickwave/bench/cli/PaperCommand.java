package org.tickwave.bench.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.tickwave.bench.paper.Claim;
import org.tickwave.bench.paper.Paper;
import org.tickwave.bench.paper.PaperJson;
import org.tickwave.bench.paper.PaperPage;
import org.tickwave.bench.paper.PaperText;
import org.tickwave.bench.paper.claim.Effort;
import org.tickwave.bench.paper.claim.Experiments;
import org.tickwave.bench.stream.FileNames;
import org.tickwave.bench.stream.Printable;
import org.tickwave.bench.stream.StreamException;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tickwave paper}. */
@Command(name = "paper", mixinStandardHelpOptions = true, versionProvider = Version.class, sortOptions = false,
    description = {"Redraws the figures and tests the claims of Betti and Gori, Backprop Diffusion is Biologically Plausible. Takes less than"
        + " a minute.",
        "Every figure comes from experiments with the engine. Every claim has numbers and a verdict."},
    exitCodeListHeading = "%nExit codes:%n", exitCodeList = {"0:done, and all claims hold as far as bench/README.md says",
        "1:a claim has fallen, or the result could not be written", "2:the command line is wrong", "130:interrupted"},
    footerHeading = "%nExamples:%n", footer = {"  ./tickwave paper", "  ./tickwave paper --out paper --json"})
final class PaperCommand implements Callable<Integer> {
    private final int shift;

    @Spec
    private CommandSpec spec;

    @Option(names = "--out", paramLabel = "DIR", description = "write the figures and the page to DIR, which is made if it is missing")
    private String out;

    @Option(names = "--json", description = "print one JSON object instead of text")
    private boolean json;

    @Option(names = "--quiet", description = "print no progress on standard error")
    private boolean quiet;

    /** For tests: fewer seeds, layers and rules. */
    @Option(names = "--short", hidden = true)
    private boolean shortRun;

    PaperCommand() {
        this(0);
    }

    /** @param shift breaks the rule in a test: ticks by which the activation that an error meets is too old */
    PaperCommand(final int shift) {
        this.shift = shift;
    }

    @Override
    public Integer call() throws IOException {
        final Path directory = out == null ? null : directory();
        final Paper paper = new Experiments(shortRun ? Effort.SHORT : Effort.FULL, shift, this::progress).run();
        final PrintWriter text = spec.commandLine().getOut();
        text.println(json ? PaperJson.of(paper) : PaperText.of(paper));
        text.flush();
        paper.fallen().forEach(this::tell);
        if (directory != null) {
            final List<Path> written = PaperPage.write(paper, directory);
            say("wrote " + written.getLast() + " and " + (written.size() - 1) + " pictures");
        }
        return paper.fallen().isEmpty() ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    /** Asks before the experiments whether the page can be written. */
    private Path directory() throws IOException {
        if (out.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "--out \"\": expected a directory");
        }
        final String name = "--out " + Printable.text(out);
        final Path directory = FileNames.path(name, out);
        if (Files.exists(directory) && !Files.isDirectory(directory)) {
            throw new StreamException(name + ": a file: expected a directory");
        }
        PaperPage.check(directory);
        return directory;
    }

    private void tell(final Claim claim) {
        final List<Claim.Measured> off = claim.numbers().stream().filter(number -> !number.holds()).toList();
        spec.commandLine().getErr().println("tickwave paper: " + claim.id() + " has fallen: " + off.getFirst().name() + " is "
            + PaperText.value(off.getFirst().value()) + ": expected " + off.getFirst().bound()
            + (off.size() > 1 ? " (and " + (off.size() - 1) + " more)" : ""));
        spec.commandLine().getErr().flush();
    }

    private void progress(final String what) {
        say("testing " + what + " ...");
    }

    private void say(final String line) {
        if (!quiet) {
            spec.commandLine().getErr().println(line);
            spec.commandLine().getErr().flush();
        }
    }
}
