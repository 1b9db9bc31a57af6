package org.tickwave;

import java.util.List;

/** The threads of this JVM. */
final class Threads {
    private Threads() {
    }

    /** The live threads whose name begins with the prefix. */
    static List<Thread> named(final String prefix) {
        return Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.isAlive() && thread.getName().startsWith(prefix)).toList();
    }
}
