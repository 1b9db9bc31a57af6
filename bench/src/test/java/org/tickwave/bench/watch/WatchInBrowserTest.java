package org.tickwave.bench.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import org.tickwave.bench.page.Browser;
import org.tickwave.layout.Wiring;

/** The page in a real browser. */
@Timeout(120)
class WatchInBrowserTest {
    @TempDir
    private static Path directory;
    private static Browser browser;

    @BeforeAll
    static void open() {
        browser = Browser.shared();
    }

    private static Shape chain() {
        return Shapes.of("shapes.y4m", "256-128-128-128-64", "aligned", 8, 4, Wiring.chain(4), List.of("0", "1", "2", "3", "4"),
            new int[] {256, 128, 128, 128, 64});
    }

    private static Object picture(final String selector) {
        return browser.run("return document.querySelector(arguments[0]).toDataURL()", selector);
    }

    /** Waits until a canvas shows something else than before. */
    private static void awaitChange(final String selector) {
        browser.run("const canvas = document.querySelector(arguments[0]); const old = canvas.toDataURL();"
            + "return new Promise(done => { const ask = () => canvas.toDataURL() === old ? requestAnimationFrame(ask) : done(true); ask(); })", selector);
    }

    @Test
    void theWavesTravelOnEveryScreen() throws IOException {
        for (final Shape shape : List.of(chain(), MadeWatch.graph())) {
            try (WatchServer server = WatchServer.open("--watch", 0)) {
                server.show(MadeWatch.moving(shape));
                for (final int width : List.of(Browser.WIDE, Browser.NARROW)) {
                    browser.prefer(width == Browser.WIDE ? "light" : "dark");
                    browser.load(server.url(), width);
                    browser.await("document.getElementById('state').dataset.state === 'ticking'");
                    awaitChange("#network canvas");
                    awaitChange("#strip");
                    awaitChange("#loss");
                    assertEquals(List.of(), browser.cutOff());
                    assertEquals(List.of(), browser.console());
                    final List<String> asked = browser.requests();
                    assertTrue(asked.stream().allMatch(address -> address.startsWith(server.url()) || address.startsWith("data:")), asked::toString);
                    assertEquals("1,600", browser.find("#n-speed").getText());
                    final String name = "watch-" + (shape.projections().size() > 4 ? "graph-" : "chain-") + width;
                    if (System.getProperty("tickwave.screenshots") != null) {
                        browser.await("performance.now() > 9000");
                    }
                    browser.screenshot(name);
                }
            }
        }
    }

    @Test
    void spaceStopsThePictureAndGoesOn() throws IOException {
        try (WatchServer server = WatchServer.open("--watch", 0)) {
            server.show(MadeWatch.moving(chain()));
            browser.load(server.url(), Browser.WIDE);
            browser.await("document.getElementById('state').dataset.state === 'ticking'");
            browser.run("document.activeElement.blur()");
            browser.press(Keys.SPACE);
            assertEquals("true", browser.find("#pause").getDomAttribute("aria-pressed"));
            final Object before = picture("#network canvas");
            browser.run("return new Promise(done => { let n = 0; const step = () => ++n > 30 ? done() : requestAnimationFrame(step); step(); })");
            assertEquals(before, picture("#network canvas"));
            browser.find("#pause").click();
            awaitChange("#network canvas");
            assertNotEquals(before, picture("#network canvas"));
        }
    }

    @Test
    void theColoursFollowTheTheme() throws IOException {
        try (WatchServer server = WatchServer.open("--watch", 0)) {
            server.show(MadeWatch.moving(chain()));
            browser.prefer("light");
            browser.load(server.url(), Browser.WIDE);
            browser.await("document.getElementById('state').dataset.state === 'ticking'");
            browser.find("#pause").click();
            final Object light = picture("#loss");
            browser.prefer("dark");
            final Object dark = picture("#loss");
            assertNotEquals(light, dark);
            browser.find("#theme").click();
            browser.run("return new Promise(done => requestAnimationFrame(done))");
            assertEquals(light, picture("#loss"));
        }
    }

    @Test
    void thePageStaysWhenTheWatchHasEnded() throws IOException {
        final WatchServer server = WatchServer.open("--watch", 0);
        try {
            server.show(MadeWatch.moving(chain()));
            browser.load(server.url(), Browser.WIDE);
            browser.await("document.getElementById('state').dataset.state === 'ticking'");
        } finally {
            server.close();
        }
        browser.await("document.getElementById('state').dataset.state === 'left'");
        assertEquals("The watch has ended", browser.find("#state").getText());
        assertEquals("1,600", browser.find("#n-speed").getText());
    }

    /** A network, and what it does. */
    private record Writer(Watched network, Sight.State state) {
        Writer in(final Sight.State newState) {
            return new Writer(network, newState);
        }
    }

    private static final String HAS_PROCESS = "document.getElementById('what').textContent.includes(' · process %d · ')";
    private static final String SHOWS = "document.getElementById('state').textContent === '%s'";
    private static final String PLAYS = "document.getElementById('network').dataset.tick >= %d && document.getElementById('network').dataset.tick < %d";

    /** The page goes on with another network whose ticks begin anew, also while the page stands still; and it says how the last one has ended. */
    @Test
    void thePageGoesOnWithANewWriter() throws IOException {
        final AtomicReference<Writer> writer = new AtomicReference<>(new Writer(null, Sight.State.WAITING));
        final Watched following = new Watched() {
            @Override
            public Shape shape() {
                return writer.get().network == null ? null : writer.get().network.shape();
            }

            @Override
            public Sight look() {
                final Writer now = writer.get();
                return now.network == null ? Sight.nothing(now.state) : now.network.look().in(now.state);
            }
        };
        try (WatchServer server = WatchServer.open("--web", 0)) {
            server.show(following);
            browser.load(server.url(), Browser.WIDE);
            browser.await(SHOWS.formatted("Waiting for a writer"));
            goesOn(writer, chain().of(1, 0), 1_000_000, false);
            writer.set(writer.get().in(Sight.State.WAITING));
            browser.await(SHOWS.formatted("Waiting for a writer"));
            goesOn(writer, MadeWatch.graph().of(2, 0), 100_000, false);
            goesOn(writer, MadeWatch.graph().of(3, 0), 50_000, true);
            writer.set(writer.get().in(Sight.State.DIED));
            browser.await(SHOWS.formatted("The writer has died"));
            goesOn(writer, chain().of(4, 0), 0, false);
            writer.set(writer.get().in(Sight.State.DIED));
            browser.await(SHOWS.formatted("The writer has died"));
        }
        assertEquals(List.of(), browser.console());
        assertEquals("The writer has died", browser.find("#state").getText());
    }

    private static void goesOn(final AtomicReference<Writer> writer, final Shape shape, final long before, final boolean paused) {
        if (paused) {
            browser.find("#pause").click();
        }
        writer.set(new Writer(MadeWatch.moving(shape, before), Sight.State.TICKING));
        browser.await(HAS_PROCESS.formatted(shape.process()));
        if (paused) {
            browser.find("#pause").click();
        }
        browser.await(SHOWS.formatted("ticking"));
        browser.await(PLAYS.formatted(before, before + 20_000));
        awaitChange("#network canvas");
    }
}
