package org.tickwave.bench.watch;

import org.tickwave.bench.page.Page;

/** The page of a watched network. Its script draws what the events bring. */
final class WatchPage {
    /** Sent as a header; the page's own policy says the rest. */
    static final String POLICY = "frame-ancestors 'none'; base-uri 'none'; form-action 'none'; connect-src 'self'; object-src 'none'";

    private WatchPage() {
    }

    static String html() {
        return new Page("tickwave", "en").live().assets(WatchPage.class, "watch.css", "watch.js").html("""
            <p id="what"></p>
            <div class="bar">
            <span id="state" class="state">connecting</span>
            <button type="button" id="pause" aria-pressed="false" aria-keyshortcuts="Space">Pause</button>
            <button type="button" id="slower" aria-keyshortcuts="-">Slower</button>
            <button type="button" id="faster" aria-keyshortcuts="+">Faster</button>
            <span id="pace" class="faint"></span>
            </div>
            <dl class="numbers">
            <div><dt>ticks a second</dt><dd id="n-speed">–</dd></div>
            <div><dt>tick, median</dt><dd id="n-tick">–</dd></div>
            <div><dt>of the budget</dt><dd id="n-budget">–</dd></div>
            <div><dt>late</dt><dd id="n-late">–</dd></div>
            <div><dt>frames</dt><dd id="n-frames">–</dd></div>
            <div><dt>loss lately</dt><dd id="n-loss">–</dd></div>
            </dl>
            <figure class="net">
            <div id="network" role="img" aria-label="The network; no shape has come yet"></div>
            <figcaption><span class="key up">forward wave: activations go up</span>
            <span class="key down">backward wave: errors come down</span></figcaption>
            </figure>
            <div class="pair">
            <figure><figcaption>Layers over time: each column is a tick</figcaption>
            <canvas id="strip" role="img" aria-label="Both waves of each layer over the last ticks"></canvas></figure>
            <figure><figcaption id="loss-caption">Loss</figcaption>
            <canvas id="loss" role="img" aria-label="Loss over time"></canvas></figure>
            <figure><figcaption id="speed-caption">Median tick time</figcaption>
            <canvas id="speed" role="img" aria-label="Median tick time over time"></canvas></figure>
            </div>
            <p id="summary" class="hidden" aria-live="polite"></p>
            <noscript><p>This page needs JavaScript.</p></noscript>
            """).html();
    }
}
