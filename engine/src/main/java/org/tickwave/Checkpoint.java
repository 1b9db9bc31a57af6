package org.tickwave;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import org.tickwave.keep.ImageCopy;
import org.tickwave.layout.CheckpointDescriptor;

/**
 * A copy of all state of an engine between two ticks, off-heap, and what the embedder adds to it: for example the place in a stream.
 * {@link Engine#checkpoint} fills the copy, {@link CheckpointFile} writes and reads it, {@link Engine#resume} goes on from it.
 *
 * <p>For one thread at a time. Another thread than the source may write the checkpoint to a file while the engine ticks. Hand the
 * checkpoint over in a way that the memory model knows: through a queue, an executor or a lock.
 */
public final class Checkpoint implements AutoCloseable {
    final ImageCopy copy;

    Checkpoint(final ImageCopy copy) {
        this.copy = copy;
    }

    /**
     * Allocates memory for the state of an engine with this network and context: as much as {@link Engine#imageBytes}.
     *
     * @param network the network of the engine
     * @param context the context of the engine
     * @throws IllegalArgumentException as {@link Engine#imageBytes} does
     * @throws OutOfMemoryError         if the memory cannot be allocated
     */
    public Checkpoint(final Network network, final Context context) {
        this(new ImageCopy(Engine.imageBytes(network, context)));
    }

    /**
     * Adds a section, or replaces the one of the same name. Sections stay until they are replaced; {@link Engine#checkpoint} leaves
     * them alone.
     *
     * @param name    1 to 64 bytes in UTF-8
     * @param content not copied: leave it unchanged until it is replaced
     * @return this
     * @throws IllegalArgumentException if the name is empty or too long
     */
    public Checkpoint put(final String name, final byte[] content) {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(content, "content");
        final int bytes = name.getBytes(StandardCharsets.UTF_8).length;
        if (bytes < 1 || bytes > CheckpointDescriptor.NAME_BYTES) {
            throw new IllegalArgumentException("section \"" + name + "\": expected a name of 1 to " + CheckpointDescriptor.NAME_BYTES + " bytes");
        }
        copy.added().put(name, content);
        return this;
    }

    /**
     * The content of a section.
     *
     * @param name as it was given to {@link #put}
     * @return not copied
     * @throws IllegalArgumentException if there is no such section
     */
    public byte[] get(final String name) {
        Objects.requireNonNull(name, "name");
        final byte[] content = copy.added().get(name);
        if (content == null) {
            throw new IllegalArgumentException("no section \"" + name + "\" in the checkpoint: expected one of " + sections());
        }
        return content;
    }

    /**
     * The names of the added sections.
     *
     * @return in the order in which they were added; a copy that cannot be changed
     */
    public Set<String> sections() {
        return Collections.unmodifiableSet(new LinkedHashSet<>(copy.added().keySet()));
    }

    /** Frees the memory. Do not call this method while another thread uses the checkpoint. */
    @Override
    public void close() {
        copy.close();
    }
}
