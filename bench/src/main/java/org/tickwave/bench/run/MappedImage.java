package org.tickwave.bench.run;

import java.io.IOException;
import org.tickwave.ImageFile;
import org.tickwave.bench.answer.AnswerFile;
import org.tickwave.bench.setup.RunFailure;
import org.tickwave.bench.setup.RunOptions;
import org.tickwave.bench.setup.RunPlan;
import org.tickwave.bench.stream.FileNames;
import org.tickwave.bench.stream.Printable;
import org.tickwave.bench.watch.RunNumbers;

/**
 * The file of {@code --image}. A thread says four times a second that the run lives, also while the run waits for a frame, and writes the
 * newest numbers of the run into the file.
 */
final class MappedImage implements AutoCloseable {
    private static final long EVERY_MS = 250;

    private final ImageFile file;
    private final Thread beats;
    /** Ctrl-C may not end the JVM before the file says that it is closed. Null before the session begins: nothing ends the run before then. */
    private ShutdownHook hook;
    /** Null before the session begins. */
    private volatile RunNumbers numbers;
    private boolean closed;

    private MappedImage(final ImageFile file) {
        this.file = file;
        beats = Thread.ofPlatform().daemon().name("tickwave-image").start(this::beat);
    }

    /**
     * Makes the file, and has the engine of the plan keep its image there.
     *
     * @return null without an image file
     */
    static MappedImage create(final RunOptions options, final RunPlan plan) throws RunFailure, IOException {
        if (options.image() == null) {
            return null;
        }
        try {
            final ImageFile file = ImageFile.create(FileNames.path(name(options), options.image()), plan.description().network(), plan.context());
            plan.context().arena(file.arena());
            return new MappedImage(file);
        } catch (final IOException e) {
            throw RunFailure.failed("--image " + Printable.text(e.getMessage()));
        }
    }

    private static String name(final RunOptions options) {
        return "--image " + Printable.text(options.image());
    }

    /** The image may not take the place of what the run reads or writes otherwise. Does nothing without an image file. */
    static void check(final RunOptions options) throws RunFailure, IOException {
        if (options.image() == null) {
            return;
        }
        final String stopped = options.save() == null ? null : ModelSaver.stopped(options.save());
        final String answers = options.answers() == null || options.answers().toStandardOutput() ? null : options.answers().file();
        final String keep = options.keep() == null ? null : options.keep().file();
        for (final String each : new String[] {options.image(), options.image() + ".tmp"}) {
            for (final String[] other : new String[][] {{options.input(), "the input"}, {options.save(), "the file of --save"},
                {stopped, "a file of --save"}, {options.load(), "the file of --load"}, {answers, "the file of --answers"},
                {options.auditOut(), "the file of --audit-out"}, {keep, "the file of --checkpoint"},
                {keep == null ? null : keep + ".1", "a file of --checkpoint"}, {keep == null ? null : keep + ".tmp", "a file of --checkpoint"}}) {
                if (AnswerFile.same(name(options), each, other[0])) {
                    throw RunFailure.usage(name(options) + ": " + (each.equals(options.image()) ? "is " : Printable.text(each) + " is ") + other[1]
                        + ": expected another file");
                }
            }
        }
    }

    /** The session begins. Observers are told these numbers. */
    void begin(final RunNumbers ofRun) {
        numbers = ofRun;
    }

    /** The file is closed after the run, which Ctrl-C stops by this hook. */
    void closesAfter(final ShutdownHook ofRun) {
        hook = ShutdownHook.whileClosing(ofRun);
    }

    private void beat() {
        while (pause()) {
            file.beat();
            final RunNumbers ofRun = numbers;
            if (ofRun != null) {
                publish(ofRun);
                ofRun.request();
            }
        }
    }

    /** Tells observers the last numbers, which were copied after the last tick. */
    void publishLast() {
        publish(numbers);
    }

    /** Of two threads that publish, the later one takes the numbers later, too. */
    private synchronized void publish(final RunNumbers ofRun) {
        file.publish(ofRun.newest());
    }

    /** Whether the run goes on after a pause. */
    private synchronized boolean pause() {
        try {
            if (!closed) {
                wait(EVERY_MS);
            }
        } catch (final InterruptedException e) {
            closed = true;
        }
        return !closed;
    }

    /** Closes the file, which stays. The engine is closed. */
    @Override
    public void close() throws IOException {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        ThreadEnd.await(beats);
        try {
            file.close();
        } finally {
            if (hook != null) {
                hook.close();
            }
        }
    }
}
