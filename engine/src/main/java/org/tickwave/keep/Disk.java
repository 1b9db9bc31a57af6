package org.tickwave.keep;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** The operations of a file system that a checkpoint needs. Tests replace the real disk by one that fails. */
public interface Disk {
    /** A new file. */
    interface Output extends Closeable {
        /** Writes all remaining bytes at a place of the file. */
        void write(ByteBuffer from, long at) throws IOException;

        /** Returns when the content and the length of the file are on the disk. */
        void force() throws IOException;
    }

    /** An old file. */
    interface Input extends Closeable {
        long size() throws IOException;

        /** Fills the buffer from a place of the file; throws an {@link java.io.EOFException} if the file ends before. */
        void read(ByteBuffer to, long at) throws IOException;
    }

    /** Creates an empty file, in place of a file of the same name. */
    Output create(Path file) throws IOException;

    Input open(Path file) throws IOException;

    boolean exists(Path file);

    /** Moves a file over another in the same directory, as one step. */
    void move(Path from, Path to) throws IOException;

    /** Returns when all earlier moves in the directory are on the disk. */
    void forceDirectory(Path directory) throws IOException;

    /** Deletes a file if there is one. */
    void delete(Path file) throws IOException;
}
