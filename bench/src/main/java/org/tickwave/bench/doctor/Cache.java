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
 * A kind of cache. Cores that differ have caches that differ.
 *
 * @param level 1 is the nearest
 * @param type  data, instruction or unified
 * @param bytes of each
 * @param count how many of them there are; null where it is not said who shares one
 */
record Cache(int level, String type, long bytes, Integer count) {
    private static final String CPUS = "sys/devices/system/cpu";
    private static final Map<String, Long> UNITS = Map.of("", 1L, "K", 1L << 10, "M", 1L << 20, "G", 1L << 30);

    /** All kinds there are, or null. */
    static List<Cache> of(final SystemFiles files) {
        final Map<Cache, Set<String>> sharers = new LinkedHashMap<>();
        for (final String cpu : files.numbered(CPUS, "cpu")) {
            final String folder = CPUS + "/" + cpu + "/cache";
            for (final String index : files.numbered(folder, "index")) {
                final Cache kind = kind(files, folder + "/" + index);
                if (kind != null) {
                    final String shared = files.text(folder + "/" + index + "/shared_cpu_list");
                    sharers.computeIfAbsent(kind, one -> new LinkedHashSet<>()).add(shared == null ? "" : shared);
                }
            }
        }
        final List<Cache> caches = new ArrayList<>();
        sharers.forEach((kind, lists) -> caches.add(new Cache(
            kind.level, kind.type, kind.bytes, lists.contains("") ? null : (Integer) lists.size())));
        caches.sort(Comparator.comparingInt(Cache::level).thenComparing(Cache::type).thenComparing(Cache::bytes));
        return caches.isEmpty() ? null : List.copyOf(caches);
    }

    private static Cache kind(final SystemFiles files, final String folder) {
        final Long level = files.number(folder + "/level");
        final String type = files.text(folder + "/type");
        final Long bytes = bytes(files.text(folder + "/size"));
        return level == null || type == null || bytes == null
            ? null : new Cache(Math.toIntExact(Math.min(level, Integer.MAX_VALUE)), type.toLowerCase(Locale.ROOT), bytes, null);
    }

    /** {@code 32K}, {@code 1M}, ...; null if it is nothing of the kind. */
    static Long bytes(final String size) {
        if (size == null || !size.matches("[0-9]{1,9}[KMG]?")) {
            return null;
        }
        final String digits = size.replaceAll("[KMG]", "");
        return Long.parseLong(digits) * UNITS.get(size.substring(digits.length()));
    }
}
