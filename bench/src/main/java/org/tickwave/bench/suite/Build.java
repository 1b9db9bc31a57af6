package org.tickwave.bench.suite;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.tickwave.bench.forks.Machine;

/**
 * What the forks of one directory have in common. Forks of anything else must not be mixed with them.
 *
 * @param suite  name of the suite
 * @param plan   checksum of the plan and of the arguments of JMH
 * @param classes checksum of all classes and libraries
 * @param machine with its JDK and the flags of the JVM
 */
record Build(String suite, String plan, String classes, Machine machine) {
    private static final int DIGITS = 16;

    static Build of(final Plan plan, final String classPath, final Machine machine) throws IOException {
        final MessageDigest text = sha256();
        text.update((plan.text() + plan.pace()).getBytes(StandardCharsets.UTF_8));
        final MessageDigest classes = sha256();
        for (final String part : classPath.split(File.pathSeparator)) {
            for (final Path file : files(Path.of(part))) {
                classes.update(file.getFileName().toString().getBytes(StandardCharsets.UTF_8));
                update(classes, file);
            }
        }
        return new Build(plan.name(), hex(text), hex(classes), machine);
    }

    /** Piece by piece: a library may be larger than the heap. */
    private static void update(final MessageDigest digest, final Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file); DigestOutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
            in.transferTo(out);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Path> files(final Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            return Files.exists(path) ? List.of(path) : List.of();
        }
        try (Stream<Path> tree = Files.walk(path)) {
            return tree.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static String hex(final MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest()).substring(0, DIGITS);
    }

    /** In what another build differs, for the user; empty if it does not. */
    List<String> differences(final Build that) {
        final List<String> all = new ArrayList<>();
        add(all, "the suite is " + that.suite, suite, that.suite);
        add(all, "the plan differs", plan, that.plan);
        add(all, "the classes differ", classes, that.classes);
        add(all, "the processor is " + that.machine.cpu(), machine.cpu() + machine.processors(), that.machine.cpu() + that.machine.processors());
        add(all, "the system is " + that.machine.system(), machine.system(), that.machine.system());
        add(all, "the JDK is " + that.machine.jdk(), machine.jdk() + machine.javaHome(), that.machine.jdk() + that.machine.javaHome());
        add(all, "the JVM's flags are " + String.join(" ", that.machine.flags()), machine.flags(), that.machine.flags());
        return all;
    }

    private static void add(final List<String> all, final String difference, final Object one, final Object other) {
        if (!one.equals(other)) {
            all.add(difference);
        }
    }
}
