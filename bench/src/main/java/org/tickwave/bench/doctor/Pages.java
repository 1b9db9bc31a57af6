package org.tickwave.bench.doctor;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tickwave.kernel.Lanes;
import org.tickwave.layout.Wiring;
import org.tickwave.layout.Geometry;
import org.tickwave.layout.ImageLayout;
import org.tickwave.pipeline.Image;

/**
 * Memory pages, and whether an image gets huge pages. Everything except {@code imageBytes} is null if unknown.
 *
 * @param pageBytes     size of a base page
 * @param hugePageBytes size of a huge page
 * @param transparent   the kernel's mode of transparent huge pages: always, madvise or never
 * @param defrag        when the kernel defragments memory for huge pages: always, defer, defer+madvise, madvise or never
 * @param glibcTunables value of GLIBC_TUNABLES
 * @param imageBytes    size of an image, which was allocated like an engine's
 * @param imageHugeBytes bytes of that image that are in huge pages
 */
record Pages(
    Long pageBytes, Long hugePageBytes, String transparent, String defrag, String glibcTunables, long imageBytes,
    Long imageHugeBytes) {

    static final String TRANSPARENT = "sys/kernel/mm/transparent_hugepage/";
    private static final String MAPS = "proc/self/smaps";
    private static final Pattern RANGE = Pattern.compile("([0-9a-f]{1,16})-([0-9a-f]{1,16}) .*");
    private static final Pattern SIZE = Pattern.compile("(\\w+): +([0-9]{1,12}) kB");
    private static final Pattern CHOSEN = Pattern.compile("\\[(\\S+)\\]");
    /** An image of 10 x 512 is larger than the L2 caches of most cores. */
    private static final int DEPTH = 10;
    private static final int WIDTH = 512;

    static Pages of(final SystemFiles files, final String glibcTunables) {
        final int[] widths = new int[DEPTH + 1];
        Arrays.fill(widths, WIDTH);
        final ImageLayout layout = new ImageLayout(new Geometry(Lanes.LANES, widths, Wiring.chain(DEPTH), 0));
        try (Arena arena = Arena.ofShared()) {
            final MemorySegment image = Image.create(layout, arena, 1).segment();
            return of(files, glibcTunables, image.address(), image.byteSize());
        }
    }

    static Pages of(final SystemFiles files, final String glibcTunables, final long address, final long bytes) {
        final List<Long> pages = sizes(files, "KernelPageSize", 0, -1);
        final List<Long> huge = sizes(files, "AnonHugePages", address, address + bytes);
        return new Pages(
            pages.isEmpty() ? null : Collections.min(pages), files.number(TRANSPARENT + "hpage_pmd_size"),
            chosen(files.text(TRANSPARENT + "enabled")), chosen(files.text(TRANSPARENT + "defrag")), glibcTunables, bytes,
            huge.isEmpty() ? null : (Long) Math.min(bytes, huge.stream().mapToLong(Long::longValue).sum()));
    }

    /** The word in brackets, which is the chosen one. */
    static String chosen(final String choices) {
        final Matcher matcher = CHOSEN.matcher(choices == null ? "" : choices);
        return matcher.find() ? matcher.group(1) : null;
    }

    /** The values of a key, in bytes, for all mappings that overlap a range of addresses. */
    private static List<Long> sizes(final SystemFiles files, final String key, final long from, final long to) {
        final List<Long> sizes = new ArrayList<>();
        boolean within = false;
        for (final String line : files.lines(MAPS)) {
            final Matcher range = RANGE.matcher(line);
            final Matcher size = SIZE.matcher(line);
            if (range.matches()) {
                within = Long.compareUnsigned(Long.parseUnsignedLong(range.group(1), 16), to) < 0
                    && Long.compareUnsigned(from, Long.parseUnsignedLong(range.group(2), 16)) < 0;
            } else if (within && size.matches() && size.group(1).equals(key)) {
                sizes.add(Long.parseLong(size.group(2)) << 10);
            }
        }
        return sizes;
    }
}
