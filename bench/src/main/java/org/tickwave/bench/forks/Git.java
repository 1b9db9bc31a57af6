package org.tickwave.bench.forks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.tickwave.bench.setup.RunFailure;

/** Asks git about a checkout. Changes neither its work tree nor its index, and takes none of its locks. */
public final class Git {
    private final Path root;
    private final Children children;

    public Git(final Path root, final Children children) {
        this.root = root;
        this.children = children;
    }

    /** Whether the directory is the top of a git repository. A directory inside of another repository is not. */
    public boolean present() throws IOException, Interrupted {
        final Children.Ended top = git(Map.of(), "rev-parse", "--show-toplevel");
        return top.good() && Files.isSameFile(Path.of(top.out().strip()), root);
    }

    /** The hash of the commit that a revision names; null if it names no commit. */
    public String commit(final String revision) throws IOException, Interrupted {
        if (revision.isEmpty() || revision.startsWith("-")) {
            return null;
        }
        final Children.Ended hash = git(Map.of(), "rev-parse", "--verify", "--quiet", revision + "^{commit}");
        return hash.good() ? hash.out().strip() : null;
    }

    /**
     * The state of a checkout.
     *
     * @param commit  the hash of the present commit; null without git, or outside of a repository
     * @param changed whether a file differs from that commit, or is new
     */
    public record Head(String commit, boolean changed) {
    }

    /** The state of the checkout. */
    public Head head() throws Interrupted {
        try {
            final String commit = present() ? commit("HEAD") : null;
            return new Head(commit, commit != null && changed());
        } catch (final IOException e) {
            return new Head(null, false); // no git on this machine
        }
    }

    /** Whether a file differs from the last commit, or is new. */
    private boolean changed() throws IOException, Interrupted {
        return !git(Map.of(), "status", "--porcelain").out().isBlank();
    }

    /**
     * Writes all files of a commit into a directory. An index of its own, outside of the repository, leaves the repository unaware of the
     * directory: unlike a worktree the directory can be deleted at any time. No hook runs, and no tar is needed.
     */
    public void export(final String hash, final Path to) throws IOException, Interrupted, RunFailure {
        final Path index = Files.createDirectories(to).resolveSibling(to.getFileName() + ".index");
        final Map<String, String> own = Map.of("GIT_INDEX_FILE", index.toString());
        try {
            for (final List<String> step : List.of(
                List.of("read-tree", hash), List.of("checkout-index", "--all", "--force", "--quiet", "--prefix=" + to + "/"))) {
                final Children.Ended ended = git(own, step.toArray(String[]::new));
                if (!ended.good()) {
                    throw RunFailure.failed("git " + step.getFirst() + " " + hash + ": " + ended.out());
                }
            }
        } finally {
            Files.deleteIfExists(index);
        }
    }

    private Children.Ended git(final Map<String, String> more, final String... arguments) throws IOException, Interrupted {
        final List<String> command = Stream.concat(
            Stream.of("git", "--no-optional-locks", "-C", root.toString()), Stream.of(arguments)).toList();
        final ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        // A hook of git sets such variables, and they would lead to another repository.
        builder.environment().keySet().removeIf(name -> name.startsWith("GIT_"));
        builder.environment().putAll(more);
        return children.run(builder);
    }
}
