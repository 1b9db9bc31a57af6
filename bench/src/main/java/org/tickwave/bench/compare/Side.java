package org.tickwave.bench.compare;

import java.nio.file.Path;

/**
 * One of the two builds.
 *
 * @param name        what the user calls the side
 * @param directory   the checkout
 * @param revision    hash of the commit; null if the directory is not in git
 * @param uncommitted whether the checkout has changes that are in no commit
 */
record Side(String name, Path directory, String revision, boolean uncommitted) {
    private static final int SHORT_HASH = 12;

    @Override
    public String toString() {
        final String commit = revision == null ? "no git revision" : revision.substring(0, SHORT_HASH);
        return name + ": " + commit + (uncommitted ? " and uncommitted changes" : "");
    }
}
