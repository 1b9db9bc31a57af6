package org.tickwave.bench.doctor;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The processors that can run threads. Every number except {@code available} is null if the system does not say it.
 *
 * @param available      processors that the JVM may use
 * @param machine        hardware threads of the machine
 * @param containerLimit the container's limit of CPU time, in processors; null also if there is no limit
 * @param cores          cores of the machine
 * @param shared         for each core with several hardware threads, the list of these threads, such as {@code 0,4}
 * @param governors      the frequency governors in use, each once
 */
record Cores(
    int available, Integer machine, Double containerLimit, Integer cores, List<String> shared, List<String> governors) {

    private static final String CPUS = "sys/devices/system/cpu";
    private static final String GROUPS = "sys/fs/cgroup";

    static Cores of(final SystemFiles files, final int available) {
        final List<String> cpus = files.numbered(CPUS, "cpu");
        final Set<String> siblings = new LinkedHashSet<>();
        final Set<String> governors = new LinkedHashSet<>();
        for (final String cpu : cpus) {
            add(siblings, files.text(CPUS + "/" + cpu + "/topology/thread_siblings_list"));
            add(governors, files.text(CPUS + "/" + cpu + "/cpufreq/scaling_governor"));
        }
        final Integer online = count(files.text(CPUS + "/online"));
        return new Cores(
            available, online != null ? online : cpus.isEmpty() ? null : (Integer) cpus.size(), limit(files),
            siblings.isEmpty() ? null : (Integer) siblings.size(),
            siblings.isEmpty() ? null : siblings.stream().filter(list -> count(list) != null && count(list) > 1).toList(),
            governors.isEmpty() ? null : List.copyOf(governors));
    }

    private static void add(final Set<String> to, final String text) {
        if (text != null) {
            to.add(text);
        }
    }

    /** The number of processors in a list such as {@code 0-3,8}; null if the text is no list. */
    static Integer count(final String list) {
        if (list == null) {
            return null;
        }
        int count = 0;
        for (final String part : list.split(",")) {
            if (!part.matches("[0-9]{1,6}(-[0-9]{1,6})?")) {
                return null;
            }
            final String[] ends = part.split("-");
            count += Integer.parseInt(ends[ends.length - 1]) - Integer.parseInt(ends[0]) + 1;
        }
        return count;
    }

    /** The smallest CPU limit of this process's cgroup and of the cgroups that enclose it. */
    private static Double limit(final SystemFiles files) {
        Double smallest = null;
        for (final String directory : groups(files)) {
            final Double limit = limit(files, directory);
            if (limit != null && (smallest == null || limit < smallest)) {
                smallest = limit;
            }
        }
        return smallest;
    }

    /** The directories of these cgroups. Inside a container, the container's own cgroup is the root of the file system. */
    private static List<String> groups(final SystemFiles files) {
        final List<String> directories = new ArrayList<>(List.of(GROUPS, GROUPS + "/cpu"));
        for (final String line : files.lines("proc/self/cgroup")) {
            final String[] fields = line.split(":", 3);
            if (fields.length == 3 && (fields[1].isEmpty() || List.of(fields[1].split(",")).contains("cpu"))) {
                final String root = fields[1].isEmpty() ? GROUPS : GROUPS + "/cpu";
                for (String group = fields[2]; group.length() > 1; group = group.substring(0, group.lastIndexOf('/'))) {
                    directories.add(root + group);
                }
            }
        }
        return directories;
    }

    /** Reads {@code cpu.max} of cgroup v2, or else the two files of cgroup v1. */
    private static Double limit(final SystemFiles files, final String directory) {
        final String max = files.text(directory + "/cpu.max");
        final String[] fields = max == null ? new String[0] : max.split(" ");
        final Long quota = fields.length == 2
            ? SystemFiles.number(fields[0], "") : files.number(directory + "/cpu.cfs_quota_us");
        final Long period = fields.length == 2
            ? SystemFiles.number(fields[1], "") : files.number(directory + "/cpu.cfs_period_us");
        return quota == null || period == null || quota <= 0 || period <= 0 ? null : (Double) ((double) quota / period);
    }
}
