package org.tickwave.bench.watch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.tickwave.bench.stream.Printable;

/**
 * Watches an image file that another process writes, and the file of a new writer that takes its place. Reads only. A caller holds the monitor of
 * this object if several threads look.
 */
public final class ImageWatch implements Watched, AutoCloseable {
    private final Path path;
    private final boolean follows;
    /** Null while there is no image file. */
    private WatchedFile file;
    /** Why the file cannot be watched any more; null as long as it can. Stays null if this watch follows. */
    private String gone;
    private volatile Shape shape;
    /** Whether the user was told that the writer has ended, or why there is no file. */
    private boolean told;
    private String notice;

    private ImageWatch(final Path path, final boolean follows) {
        this.path = path;
        this.follows = follows;
    }

    /**
     * Opens an image file.
     *
     * @param follows whether to wait for a new writer when a writer has ended, and at first if there is no image file
     * @throws IOException with a message for the user if the file is missing, no image file, or damaged, unless this watch follows
     */
    public static ImageWatch open(final Path path, final boolean follows) throws IOException {
        final ImageWatch watch = new ImageWatch(path, follows);
        try {
            watch.take(WatchedFile.open(path));
        } catch (final IOException e) {
            if (!follows) {
                throw e;
            }
            watch.tell("waiting for an image file: " + e.getMessage());
        }
        return watch;
    }

    private void take(final WatchedFile newFile) {
        if (file != null) {
            file.close();
        }
        file = newFile;
        shape = newFile.shape();
        told = false;
    }

    private void tell(final String what) {
        if (!told) {
            told = true;
            notice = Printable.text(what);
        }
    }

    @Override
    public Shape shape() {
        return shape;
    }

    @Override
    public String notice() {
        final String newest = notice;
        notice = null;
        return newest;
    }

    @Override
    public Sight look() {
        // A file that was removed is watched as long as its writer lives.
        if (gone == null && (file == null || file.stale() && !Files.notExists(path))) {
            goOn();
        }
        if (gone != null) {
            return Sight.nothing(Sight.State.GONE);
        }
        if (file == null) {
            return Sight.nothing(Sight.State.WAITING);
        }
        final Sight sight = seen();
        if (!follows || !sight.state().over()) {
            return sight;
        }
        tell(end(sight) + "; waiting for another writer");
        return sight.in(Sight.State.WAITING);
    }

    private Sight seen() {
        try {
            return file.look();
        } catch (final InternalError e) {
            // The file was cut just now. The next look finds out.
            return Sight.nothing(Sight.State.WAITING);
        }
    }

    /** Leaves the file for the one that stands at the path now. */
    private void goOn() {
        final boolean first = shape == null;
        try {
            take(WatchedFile.open(path));
            notice = (first ? "the writer is process " : "a new writer has made the file: process ") + shape.process();
        } catch (final IOException e) {
            if (!follows) {
                // The old file is still mapped, and whole unless it was cut.
                gone = file.cut() ? e.getMessage() : null;
                return;
            }
            if (file != null) {
                file.close();
                file = null;
                told = false;
            }
            tell("waiting for an image file: " + e.getMessage());
        }
    }

    /**
     * How a writer has ended, in words.
     *
     * @param last seen of the writer; its state is over
     */
    public String end(final Sight last) {
        final String writer = "the writer, process " + shape.process() + ",";
        return switch (last.state()) {
            case ENDED -> writer + " has closed the image after tick " + last.ticks();
            case FAILED -> "the network of the writer, process " + shape.process() + ", has failed after tick " + last.ticks();
            case DIED -> writer + " has died after tick " + last.ticks() + ": the image is whole, but was not closed";
            case UNFINISHED -> writer + " has died after tick " + last.ticks() + ": the image is unfinished";
            case GONE -> "the image was cut: " + gone;
            default -> throw new IllegalArgumentException(last.state() + ": expected a state that is over");
        };
    }

    @Override
    public void close() {
        if (file != null) {
            file.close();
        }
    }
}
