package org.tickwave.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tickwave.bench.page.Browser;

/** A run keeps its image in a file, another process watches the file, and a browser shows the page: three processes besides this one. */
@Tag("soak")
@Timeout(180)
class WatchedRunTest {
    private static final int LAYERS = 4;
    private static final int WIDTH = 8;
    private static final int FRAMES = 600;
    private static final int TICKS_APART = 8;
    /** The oldest ticks of a look have only the inputs: their rings are the deepest. So some pictures show no other wave. */
    private static final int PICTURES = 200;
    /**
     * Takes a picture of the network, and another one some ticks of the page later, both with waves under way. Counts the pixels that differ:
     * in the margin, where nothing moves, and then between each two layers, on the side of the forward wave and on the side of the backward
     * wave. Takes later pictures as long as a wave has not moved.
     */
    private static final String DIFFERENCES = """
        const [apart, layers, most] = arguments;
        const holder = document.getElementById('network');
        const canvas = holder.querySelector('canvas');
        const across = canvas.width > 640;
        const pen = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
        pen.canvas.width = canvas.width;
        pen.canvas.height = canvas.height;
        const picture = () => {
          pen.clearRect(0, 0, canvas.width, canvas.height);
          pen.drawImage(canvas, 0, 0);
          return new Uint32Array(pen.getImageData(0, 0, canvas.width, canvas.height).data.buffer);
        };
        // Layers stand across a wide page, and below each other on a narrow one.
        const first = across ? 45 : 40;
        const step = across ? (canvas.width - 90) / (layers - 1) : 84;
        const breadth = across ? canvas.height : canvas.width;
        const areas = [[0, 8, 0, breadth]];
        for (let i = 0; i < layers - 1; i++) {
          const from = first + (i + 0.3) * step;
          const to = first + (i + 0.7) * step;
          areas.push([from, to, 0, breadth / 2], [from, to, breadth / 2, breadth]);
        }
        const count = (a, b, [from, to, low, high]) => {
          let differ = 0;
          for (let y = 0; y < canvas.height; y++) {
            for (let x = 0; x < canvas.width; x++) {
              const along = across ? x : y;
              const beside = across ? y : x;
              if (along >= from && along < to && beside >= low && beside < high && a[y * canvas.width + x] !== b[y * canvas.width + x]) { differ++; }
            }
          }
          return differ;
        };
        const tick = () => Number(holder.dataset.tick);
        return new Promise(done => {
          let begin = null;
          let before = null;
          let later = 0;
          const ask = () => {
            const underway = tick() > 0 && Math.abs(tick() % 1 - 0.5) < 0.3;
            if (underway && before === null) {
              begin = tick();
              before = picture();
            } else if (underway && tick() >= begin + apart) {
              const after = picture();
              const differ = areas.map(area => count(before, after, area));
              if (differ.slice(1).every(pixels => pixels > 0) || ++later > most) {
                done(differ);
                return;
              }
            }
            requestAnimationFrame(ask);
          };
          ask();
        });
        """;

    @TempDir
    private Path directory;
    private Program run;
    private Program watch;

    @BeforeEach
    void start() throws IOException {
        final byte[] frames = new byte[FRAMES * WIDTH];
        for (int i = 0; i < frames.length; i++) {
            frames[i] = (byte) (128 + 60 * Math.sin(i / WIDTH * (.1 + i % WIDTH * .03)));
        }
        final Path input = Files.write(directory.resolve("frames"), frames);
        final Path image = directory.resolve("w.img");
        run = Program.start("run", "--input", input.toString(), "--format", "u8:8@60", "--loop", "1000000", "--context", "1", "--layers", "16,16",
            "--threads", "1", "--idle", "park", "--image", image.toString());
        assertNotNull(run.awaitLine("has not compiled all kernels"), "the engine is open");
        watch = Program.start("watch", image.toString(), "--web", "0");
    }

    @AfterEach
    void end() throws InterruptedException {
        run.kill();
        if (watch != null) {
            watch.kill();
        }
    }

    @Test
    void theWavesOfAnotherProcessTravelOnThePage() throws IOException, InterruptedException {
        final String url = watch.awaitLine("watch: http").substring("watch: ".length());
        final Browser browser = Browser.shared();
        for (final int width : List.of(Browser.WIDE, Browser.NARROW)) {
            for (final String scheme : List.of("light", "dark")) {
                browser.prefer(scheme);
                browser.load(url, width);
                // The page knows the size of its drawing only when the shape has come.
                browser.await("Number(document.getElementById('network').dataset.tick) > 0");
                // Twice as fast as at first: the two pictures are half a second apart.
                browser.find("#faster").click();
                final List<Long> differ = ((List<?>) browser.run(DIFFERENCES, TICKS_APART, LAYERS, PICTURES)).stream()
                    .map(each -> ((Number) each).longValue()).toList();
                assertEquals(1 + 2 * (LAYERS - 1), differ.size());
                assertEquals(0, differ.getFirst(), () -> "the margin: " + differ);
                assertTrue(differ.subList(1, differ.size()).stream().allMatch(pixels -> pixels > 0), () -> width + " " + scheme + ": " + differ);
                assertEquals("ticking", browser.find("#state").getText());
                assertEquals(List.of(), browser.console());
                browser.screenshot("watched-run-" + width + "-" + scheme);
            }
        }
        browser.await("['speed', 'tick', 'budget', 'late', 'frames', 'loss'].every(n => document.getElementById('n-' + n).textContent !== '–')");
        assertEquals("Median tick time", browser.find("#speed-caption").getText());
        run.kill();
        browser.await("['died', 'unfinished'].includes(document.getElementById('state').dataset.state)");
        assertEquals(1, watch.end().code());
    }
}
