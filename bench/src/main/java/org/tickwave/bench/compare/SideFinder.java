package org.tickwave.bench.compare;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.tickwave.bench.forks.Children;
import org.tickwave.bench.forks.Git;
import org.tickwave.bench.forks.Interrupted;
import org.tickwave.bench.forks.Trees;
import org.tickwave.bench.setup.RunFailure;

/** Finds what {@code --compare} names: a revision, which is written into a directory, or a checkout. */
final class SideFinder {
    static final String LAUNCHER = "tickwave";

    private final Path root;
    private final Path exports;
    private final Children children;
    private final Git git;

    /** @param exports directory for checkouts of revisions */
    SideFinder(final Path root, final Path exports, final Children children) {
        this.root = root;
        this.exports = exports;
        this.children = children;
        git = new Git(root, children);
    }

    /** The checkout of this program, as it is. */
    Side present() throws Interrupted {
        return checkout("this checkout", root);
    }

    private Side checkout(final String name, final Path directory) throws Interrupted {
        final Git.Head head = new Git(directory, children).head();
        return new Side(name, directory, head.commit(), head.changed());
    }

    /** @param base what the user gave */
    Side base(final String base) throws IOException, Interrupted, RunFailure {
        final Path directory = directory(base);
        final boolean checkout = directory != null && Files.isExecutable(directory.resolve(LAUNCHER));
        String commit = null;
        String why = "";
        try {
            commit = git.present() ? git.commit(base) : null;
        } catch (final IOException e) {
            why = "; git cannot be started";
        }
        if (commit != null && checkout) {
            throw RunFailure.usage("--compare " + base + ": this is both a git revision and a directory: expected ./" + base
                + " for the directory, or a hash for the revision");
        }
        if (checkout) {
            return checkout(base, directory);
        }
        if (commit == null) {
            throw RunFailure.usage("--compare '" + base + "': expected a git revision of " + root + " (a tag, a branch, a hash, HEAD~1)"
                + " or a directory with another checkout of tickwave" + (directory == null ? "" : "; the directory has no launcher " + LAUNCHER) + why);
        }
        return new Side(base, exported(commit), commit, false);
    }

    private static Path directory(final String base) throws IOException {
        try {
            return !base.isEmpty() && Files.isDirectory(Path.of(base)) ? Path.of(base).toRealPath() : null;
        } catch (final InvalidPathException e) {
            return null;
        }
    }

    /** Each commit has a directory, which is kept, so that a commit is built once. The directory is complete or does not exist. */
    private Path exported(final String commit) throws IOException, Interrupted, RunFailure {
        final Path there = exports.resolve(commit);
        if (Files.isDirectory(there)) {
            return there;
        }
        final Path part = exports.resolve(commit + ".part-" + ProcessHandle.current().pid());
        try {
            git.export(commit, part);
            if (!Files.isExecutable(part.resolve(LAUNCHER))) {
                throw RunFailure.failed("--compare: commit " + commit + " has no launcher " + LAUNCHER + ": expected a later commit");
            }
            Files.move(part, there, StandardCopyOption.ATOMIC_MOVE);
        } catch (final FileSystemException e) {
            if (!Files.isDirectory(there)) {
                throw e;
            }
            // Another comparison was faster.
        } finally {
            Trees.delete(part);
        }
        return there;
    }
}
