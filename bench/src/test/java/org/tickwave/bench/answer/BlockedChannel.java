package org.tickwave.bench.answer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.WritableByteChannel;
import java.nio.channels.spi.AbstractInterruptibleChannel;
import java.util.concurrent.CountDownLatch;

/** A channel whose writes wait for a latch, as writes to a full pipe wait for its reader. An interrupt ends a write. */
public final class BlockedChannel extends AbstractInterruptibleChannel implements WritableByteChannel {
    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch latch = new CountDownLatch(1);
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    /** Lets all writes through. */
    public void unblock() {
        latch.countDown();
    }

    /** Waits until a write is blocked. */
    public void awaitWrite() throws InterruptedException {
        entered.await();
    }

    public byte[] written() {
        return written.toByteArray();
    }

    @Override
    public int write(final ByteBuffer from) throws IOException {
        boolean done = false;
        try {
            begin();
            entered.countDown();
            latch.await();
            done = true;
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            end(done);
        }
        if (!done) {
            throw new AsynchronousCloseException();
        }
        final byte[] bytes = new byte[from.remaining()];
        from.get(bytes);
        written.write(bytes);
        return bytes.length;
    }

    @Override
    protected void implCloseChannel() {
        // The bytes stay.
    }
}
