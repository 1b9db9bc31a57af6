package org.tickwave.bench.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.tickwave.bench.run.ShutdownHook;
import org.tickwave.bench.setup.RunFailure;
import org.tickwave.bench.stream.FileNames;
import org.tickwave.bench.stream.Printable;
import org.tickwave.bench.terminal.Terminal;
import org.tickwave.bench.watch.ImageWatch;
import org.tickwave.bench.watch.Sight;
import org.tickwave.bench.watch.WatchServer;
import org.tickwave.bench.watch.Watcher;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tickwave watch}. */
@Command(name = "watch", mixinStandardHelpOptions = true, versionProvider = Version.class, sortOptions = false,
    description = {"Shows a network of another process while it ticks, without an effect on that process.",
        "Reads the image file of tickwave run --image FILE, or of a program that keeps its engine in an image file. On a terminal the waves are"
            + " drawn, layers across; elsewhere a line of numbers is printed every second. If a new writer replaces the file, the new file is"
            + " watched. Ends when the writer ends. Ctrl-C ends it before."},
    exitCodeListHeading = "%nExit codes:%n", exitCodeList = {"0:the writer has closed the image",
        "1:the writer has died or failed, or the file is missing or no image", "2:the command line is wrong", "130:interrupted by Ctrl-C"})
final class WatchCommand implements Callable<Integer> {
    private static final int INTERRUPTED = 130;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "the image file")
    private String file;

    @Option(names = "--web", paramLabel = "PORT", arity = "0..1", fallbackValue = "0", converter = PortOption.class,
        description = "show a page on this machine; the address is printed on standard error (default: no page; without PORT any free port)")
    private Integer web;

    @Option(names = "--json", description = "print one JSON object a line: the network, again if a new writer comes; and what is seen, ten times a second")
    private boolean json;

    @Option(names = "--follow", description = "when the writer ends, wait for a new writer of FILE; also wait for the first one (default: end with the"
        + " writer)")
    private boolean follow;

    @Override
    public Integer call() throws Exception {
        try (ImageWatch image = ImageWatch.open(FileNames.path("FILE " + Printable.text(file), file), follow);
             WatchServer page = page()) {
            if (page != null) {
                spec.commandLine().getErr().println("watch: " + page.url());
                page.show(image);
            }
            final Terminal terminal = Terminals.of(spec);
            final Watcher watcher = new Watcher(image, terminal, json, web != null);
            final boolean[] interrupted = new boolean[1];
            final Sight last;
            try (ShutdownHook _ = new ShutdownHook(() -> {
                interrupted[0] = true;
                watcher.stop();
            })) {
                last = watcher.watch();
            }
            if (!last.state().over()) {
                return interrupted[0] ? INTERRUPTED : 0;
            }
            if (last.state() != Sight.State.ENDED) {
                throw RunFailure.failed(Printable.text(file) + ": " + image.end(last));
            }
            return 0;
        } catch (final IOException e) {
            throw RunFailure.failed(Printable.text(e.getMessage()));
        }
    }

    private WatchServer page() throws IOException {
        return web == null ? null : WatchServer.open("--web", web);
    }
}
