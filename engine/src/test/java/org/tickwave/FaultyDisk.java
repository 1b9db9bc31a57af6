package org.tickwave;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tickwave.keep.Disk;

/**
 * A disk in memory that fails in one operation, and says after a crash what is left: what was forced, and of the rest whatever the test
 * chooses.
 */
class FaultyDisk implements Disk {
    /** What happens to operation k. */
    enum Fault {
        NONE,
        /** The machine stops before the operation. */
        CRASH,
        /** The machine stops in a write: the first half of the bytes is there. */
        TORN,
        /** A write is never done, and nobody is told. */
        DROPPED,
        /** A force returns, and forces nothing. */
        UNFORCED,
        /** A write writes one bit wrong. */
        FLIPPED,
        /** A write fails: no space is left. */
        FULL
    }

    /** The machine has stopped. */
    static final class Crash extends RuntimeException {
        private static final long serialVersionUID = 1;

        Crash() {
            super("crash", null, false, false);
        }
    }

    /** A write that was not forced. */
    private record Write(int at, byte[] bytes) {
        byte[] onto(final byte[] content) {
            final byte[] longer = Arrays.copyOf(content, Math.max(content.length, at + bytes.length));
            System.arraycopy(bytes, 0, longer, at, bytes.length);
            return longer;
        }
    }

    private static final class File {
        private byte[] durable = new byte[0];
        private final List<Write> pending = new ArrayList<>();

        byte[] content() {
            byte[] content = durable;
            for (final Write write : pending) {
                content = write.onto(content);
            }
            return content;
        }
    }

    /** A change of a directory that was not forced. */
    private record Change(Path from, Path to, File file) {
        void in(final Map<Path, File> names) {
            if (from != null && names.get(from) == file) {
                names.remove(from);
            }
            if (to != null) {
                names.put(to, file);
            }
        }
    }

    private final Map<Path, File> durable = new HashMap<>();
    private final Map<Path, File> names = new HashMap<>();
    private final List<Change> pending = new ArrayList<>();
    private Fault fault = Fault.NONE;
    private int faultAt = -1;
    private int operations;
    private boolean done;

    /** Operation number {@code at}, counted from 0 and from now on, fails. */
    void fail(final Fault what, final int at) {
        fault = what;
        faultAt = at;
        operations = 0;
        done = false;
    }

    int operations() {
        return operations;
    }

    /** Whether the fault has happened: the operation was of a kind that can fail so. */
    boolean done() {
        return done;
    }

    private boolean fails(final Fault... kinds) {
        final boolean fails = operations++ == faultAt && Arrays.asList(kinds).contains(fault);
        done |= fails;
        if (fails && fault == Fault.CRASH) {
            throw new Crash();
        }
        return fails;
    }

    /** How many changes of the directory are not forced. */
    int changes() {
        return pending.size();
    }

    /**
     * What is left after a crash.
     *
     * @param kept   bit i: whether change i of the directory, which was not forced, is there
     * @param writes which writes that were not forced are there: 0 none, 1 all, 2 only the last, 3 all but the last
     */
    FaultyDisk afterCrash(final int kept, final int writes) {
        final FaultyDisk left = new FaultyDisk();
        final Map<File, File> copies = new HashMap<>();
        final Map<Path, File> there = new HashMap<>(durable);
        for (int i = 0; i < pending.size(); i++) {
            if ((kept >> i & 1) != 0) {
                pending.get(i).in(there);
            }
        }
        there.forEach((path, file) -> left.names.put(path, copies.computeIfAbsent(file, old -> left(old, writes))));
        left.durable.putAll(left.names);
        return left;
    }

    private static File left(final File old, final int writes) {
        final File file = new File();
        file.durable = old.durable;
        final int last = old.pending.size() - 1;
        for (int i = 0; i <= last; i++) {
            if (writes == 1 || writes == 2 && i == last || writes == 3 && i < last) {
                file.durable = old.pending.get(i).onto(file.durable);
            }
        }
        return file;
    }

    @Override
    public Output create(final Path path) throws IOException {
        if (fails(Fault.CRASH, Fault.FULL)) {
            throw new FileSystemException(path.toString(), null, "No space left on device");
        }
        final File file = new File();
        change(new Change(null, path, file));
        return new Output() {
            @Override
            public void write(final ByteBuffer from, final long at) throws IOException {
                byte[] bytes = new byte[from.remaining()];
                from.get(bytes);
                final boolean fails = fails(Fault.CRASH, Fault.TORN, Fault.DROPPED, Fault.FLIPPED, Fault.FULL);
                if (fails) {
                    switch (fault) {
                        case DROPPED -> {
                            return;
                        }
                        case FLIPPED -> bytes[bytes.length / 3] ^= 4;
                        default -> bytes = Arrays.copyOf(bytes, bytes.length / 2);
                    }
                }
                file.pending.add(new Write((int) at, bytes));
                if (fails && fault == Fault.TORN) {
                    throw new Crash();
                }
                if (fails && fault == Fault.FULL) {
                    throw new IOException("No space left on device");
                }
            }

            @Override
            public void force() {
                if (!fails(Fault.CRASH, Fault.UNFORCED)) {
                    file.durable = file.content();
                    file.pending.clear();
                }
            }

            @Override
            public void close() {
                // Nothing is open.
            }
        };
    }

    private void change(final Change change) {
        change.in(names);
        pending.add(change);
    }

    @Override
    public Input open(final Path path) throws IOException {
        final File file = names.get(path);
        if (file == null) {
            throw new NoSuchFileException(path.toString());
        }
        final byte[] content = file.content();
        return new Input() {
            @Override
            public long size() {
                return content.length;
            }

            @Override
            public void read(final ByteBuffer to, final long at) throws IOException {
                if (at + to.remaining() > content.length) {
                    throw new EOFException("ends at byte " + content.length);
                }
                to.put(content, (int) at, to.remaining());
            }

            @Override
            public void close() {
                // Nothing is open.
            }
        };
    }

    @Override
    public boolean exists(final Path path) {
        return names.containsKey(path);
    }

    @Override
    public void move(final Path from, final Path to) throws IOException {
        fails(Fault.CRASH);
        final File file = names.get(from);
        if (file == null) {
            throw new NoSuchFileException(from.toString());
        }
        change(new Change(from, to, file));
    }

    @Override
    public void forceDirectory(final Path directory) {
        if (!fails(Fault.CRASH, Fault.UNFORCED)) {
            pending.forEach(change -> change.in(durable));
            pending.clear();
        }
    }

    @Override
    public void delete(final Path path) {
        final File file = names.get(path);
        if (file != null) {
            change(new Change(path, null, file));
        }
    }

    byte[] content(final Path path) {
        return names.get(path).content();
    }

    /** Puts a file there, on the disk. */
    void put(final Path path, final byte[] content) {
        final File file = new File();
        file.durable = content;
        names.put(path, file);
        durable.put(path, file);
    }
}
