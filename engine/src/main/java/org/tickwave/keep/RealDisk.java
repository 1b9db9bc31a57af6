package org.tickwave.keep;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** The file system of the JVM. */
public final class RealDisk implements Disk {
    @Override
    public Output create(final Path file) throws IOException {
        final FileChannel channel =
            FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        return new Output() {
            @Override
            public void write(final ByteBuffer from, final long at) throws IOException {
                for (long next = at; from.hasRemaining();) {
                    next += channel.write(from, next);
                }
            }

            @Override
            public void force() throws IOException {
                channel.force(true);
            }

            @Override
            public void close() throws IOException {
                channel.close();
            }
        };
    }

    @Override
    public Input open(final Path file) throws IOException {
        final FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        return new Input() {
            @Override
            public long size() throws IOException {
                return channel.size();
            }

            @Override
            public void read(final ByteBuffer to, final long at) throws IOException {
                for (long next = at; to.hasRemaining();) {
                    final int read = channel.read(to, next);
                    if (read < 0) {
                        throw new EOFException("ends at byte " + next);
                    }
                    next += read;
                }
            }

            @Override
            public void close() throws IOException {
                channel.close();
            }
        };
    }

    @Override
    public boolean exists(final Path file) {
        return Files.exists(file);
    }

    @Override
    public void move(final Path from, final Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Some systems cannot open a directory. Their moves are safe without this. */
    @Override
    public void forceDirectory(final Path directory) throws IOException {
        final FileChannel opened;
        try {
            opened = FileChannel.open(directory, StandardOpenOption.READ);
        } catch (final IOException e) {
            return;
        }
        try (FileChannel channel = opened) {
            channel.force(true);
        }
    }

    @Override
    public void delete(final Path file) throws IOException {
        Files.deleteIfExists(file);
    }
}
