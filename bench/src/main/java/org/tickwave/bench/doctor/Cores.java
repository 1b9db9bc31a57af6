package org.tickwave.bench.doctor;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What there is to run threads on.
 *
 * @param available      processors that the JVM sees
 * @param machine        hardware threads that the machine has
 * @param containerLimit processors' worth of time that a container leaves; null also if there is no limit
 * @param cores          of the machine
 * @param shared         the hardware threads that share a core, as {@code 0,4}, core by core; empty if none do
 * @param governors      of frequency, each once; seldom more than one
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

    /** How many a list such as {@code 0-3,8} names, or null. */
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

    /** The smallest limit of the group that this process is in and those around it. */
    private static Double limit(final SystemFiles files) {
        Double least = null;
        for (final String folder : groups(files)) {
            final Double limit = limit(files, folder);
            if (limit != null && (least == null || limit < least)) {
                least = limit;
            }
        }
        return least;
    }

    /** Where limits stand: those of groups, from inside a container, are below its own root, which is the first. */
    private static List<String> groups(final SystemFiles files) {
        final List<String> folders = new ArrayList<>(List.of(GROUPS, GROUPS + "/cpu"));
        for (final String line : files.lines("proc/self/cgroup")) {
            final String[] fields = line.split(":", 3);
            if (fields.length == 3 && (fields[1].isEmpty() || List.of(fields[1].split(",")).contains("cpu"))) {
                final String root = fields[1].isEmpty() ? GROUPS : GROUPS + "/cpu";
                for (String group = fields[2]; group.length() > 1; group = group.substring(0, group.lastIndexOf('/'))) {
                    folders.add(root + group);
                }
            }
        }
        return folders;
    }

    private static Double limit(final SystemFiles files, final String folder) {
        final String both = files.text(folder + "/cpu.max");
        final String[] fields = both == null ? new String[0] : both.split(" ");
        final Long quota = fields.length == 2
            ? SystemFiles.number(fields[0], "") : files.number(folder + "/cpu.cfs_quota_us");
        final Long period = fields.length == 2
            ? SystemFiles.number(fields[1], "") : files.number(folder + "/cpu.cfs_period_us");
        return quota == null || period == null || quota <= 0 || period <= 0 ? null : (Double) ((double) quota / period);
    }
}
