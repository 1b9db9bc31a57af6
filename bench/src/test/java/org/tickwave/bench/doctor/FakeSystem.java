package org.tickwave.bench.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A root with the files of a system in it that a test makes up. */
final class FakeSystem {
    private static final String CPU = "sys/devices/system/cpu/";
    private final Path root;

    /** @param root an empty directory */
    FakeSystem(final Path root) {
        this.root = root;
    }

    SystemFiles files() {
        return new SystemFiles(root);
    }

    FakeSystem with(final String path, final String text) throws IOException {
        final Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        return this;
    }

    FakeSystem cpu(final int cpu, final String siblings) throws IOException {
        return with(CPU + "cpu" + cpu + "/topology/thread_siblings_list", siblings + "\n");
    }

    FakeSystem governor(final int cpu, final String governor) throws IOException {
        return with(CPU + "cpu" + cpu + "/cpufreq/scaling_governor", governor + "\n");
    }

    FakeSystem cache(final int cpu, final int index, final String level, final String type, final String size, final String shared)
        throws IOException {
        final String directory = CPU + "cpu" + cpu + "/cache/index" + index + "/";
        with(directory + "level", level + "\n").with(directory + "type", type + "\n").with(directory + "size", size + "\n");
        return shared == null ? this : with(directory + "shared_cpu_list", shared + "\n");
    }
}
