package org.tickwave;

import java.util.List;

/** The threads there are. */
final class Threads {
    private Threads() {
    }

    /** Those alive whose name begins so. */
    static List<Thread> named(final String prefix) {
        return Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.isAlive() && thread.getName().startsWith(prefix)).toList();
    }
}
