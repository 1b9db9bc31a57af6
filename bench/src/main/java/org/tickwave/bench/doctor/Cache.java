package org.tickwave.bench.doctor;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A kind of cache. A machine with two kinds of core may have several kinds of one level.
 *
 * @param level 1 for the level nearest to the core
 * @param type  data, instruction or unified
 * @param bytes size of one cache
 * @param count number of caches of this kind; null if the system does not say which cores share one
 */
record Cache(int level, String type, long bytes, Integer count) {
    private static final String CPUS = "sys/devices/system/cpu";
    private static final Map<String, Long> UNITS = Map.of("", 1L, "K", 1L << 10, "M", 1L << 20, "G", 1L << 30);

    /** All kinds of cache, or null if the system lists no cache. */
    static List<Cache> of(final SystemFiles files) {
        final Map<Cache, Set<String>> cpuLists = new LinkedHashMap<>();
        for (final String cpu : files.numbered(CPUS, "cpu")) {
            final String directory = CPUS + "/" + cpu + "/cache";
            for (final String index : files.numbered(directory, "index")) {
                final Cache kind = kind(files, directory + "/" + index);
                if (kind != null) {
                    final String shared = files.text(directory + "/" + index + "/shared_cpu_list");
                    cpuLists.computeIfAbsent(kind, key -> new LinkedHashSet<>()).add(shared == null ? "" : shared);
                }
            }
        }
        final List<Cache> caches = new ArrayList<>();
        cpuLists.forEach((kind, lists) -> caches.add(new Cache(
            kind.level, kind.type, kind.bytes, lists.contains("") ? null : (Integer) lists.size())));
        caches.sort(Comparator.comparingInt(Cache::level).thenComparing(Cache::type).thenComparing(Cache::bytes));
        return caches.isEmpty() ? null : List.copyOf(caches);
    }

    private static Cache kind(final SystemFiles files, final String directory) {
        final Long level = files.number(directory + "/level");
        final String type = files.text(directory + "/type");
        final Long bytes = bytes(files.text(directory + "/size"));
        return level == null || type == null || bytes == null
            ? null : new Cache(Math.toIntExact(Math.min(level, Integer.MAX_VALUE)), type.toLowerCase(Locale.ROOT), bytes, null);
    }

    /** Parses {@code 32K}, {@code 1M} and the like; null if the text is no size. */
    static Long bytes(final String size) {
        if (size == null || !size.matches("[0-9]{1,9}[KMG]?")) {
            return null;
        }
        final String digits = size.replaceAll("[KMG]", "");
        return Long.parseLong(digits) * UNITS.get(size.substring(digits.length()));
    }
}
