package org.tickwave.bench.budget;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class PointTest {
    private static final long MANY = 1L << 40;

    @Test
    void fewNetworksAreAllMeasuredAndSomeInBetween() {
        final List<Point> points = Point.of(List.of(4, 10), List.of(64, 256), MANY);
        assertTrue(points.containsAll(List.of(new Point(4, 64), new Point(4, 256), new Point(10, 64), new Point(10, 256))), points::toString);
        assertTrue(points.containsAll(List.of(new Point(6, 128), new Point(13, 256), new Point(10, 320))), points::toString);
        assertEquals(17, points.size());
        assertTrue(Point.of(List.of(4, 10), List.of(64, 70, 256), MANY).contains(new Point(4, 70)));
    }

    @Test
    void oneNetworkNeedsNoModel() {
        assertEquals(List.of(new Point(10, 256)), Point.of(List.of(10), List.of(256), MANY));
    }

    @Test
    void ofManyTheCornersAreMeasured() {
        final List<Point> points = Point.of(Numbers.parse("2..64", 64), Numbers.parse("32..1024", 1024), MANY);
        assertEquals(17, points.size());
        assertTrue(points.containsAll(List.of(new Point(2, 32), new Point(64, 32), new Point(2, 1024), new Point(64, 1024))), points::toString);
    }

    @Test
    void networksThatTakeTooLongAreReplacedByShallowerOrNarrowerOnes() {
        final List<Point> points = Point.of(List.of(2, 64), List.of(64, 8192), 1_000_000);
        assertTrue(points.stream().allMatch(point -> (long) point.depth() * point.width() * point.width() <= 1_000_000), points::toString);
        assertTrue(points.contains(new Point(64, 64)), points::toString);
        assertTrue(points.contains(new Point(1, 1000)), points::toString);
        assertTrue(Point.of(List.of(2, 64), List.of(8192), 1_000_000).size() >= 4);
    }
}
