package org.tickwave.bench.page;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/**
 * A headless Chromium with a new profile. Both programs are those of this machine, so that Selenium downloads none. All tests of a
 * JVM share the browser, so their classes are not {@code CONCURRENT}. The browser ends with the JVM.
 */
public final class Browser {
    /** Width of a desktop window, and of a phone. */
    public static final int WIDE = 1_400;
    public static final int NARROW = 380;

    /** It warns that it knows no class for this version of Chromium's protocol; this class needs no such class. */
    private static final Logger PROTOCOL = Logger.getLogger("org.openqa.selenium.devtools");

    private static Browser shared;

    private final ChromeDriver driver;

    private Browser(final ChromeDriver driver) {
        this.driver = driver;
    }

    /** The browser, with no scheme preferred. Skips the test where Chromium or its driver is missing. */
    public static synchronized Browser shared() {
        if (shared == null) {
            shared = open();
            Runtime.getRuntime().addShutdownHook(new Thread(shared.driver::quit, "browser-quit"));
        }
        shared.prefer("");
        return shared;
    }

    private static Browser open() {
        final File chromium = program("chromium");
        final File chromedriver = program("chromedriver");
        final ChromeOptions options = new ChromeOptions();
        options.setBinary(chromium);
        options.addArguments("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--hide-scrollbars");
        PROTOCOL.setLevel(Level.SEVERE);
        final LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        logs.enable(LogType.PERFORMANCE, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        // Not by a builder of the service: javac warns of an annotation on that class, and every warning is an error here.
        System.setProperty(ChromeDriverService.CHROME_DRIVER_EXE_PROPERTY, chromedriver.toString());
        return new Browser(new ChromeDriver(options));
    }

    private static File program(final String name) {
        final File found = Arrays.stream(Objects.requireNonNullElse(System.getenv("PATH"), "").split(File.pathSeparator))
            .map(directory -> new File(directory, name)).filter(File::canExecute).findFirst().orElse(null);
        Assumptions.assumeTrue(found != null, name + " is not on the PATH: pages are not tested in a browser. On Debian: "
            + "apt-get install chromium chromium-driver");
        return found;
    }

    /** Loads a file, as a window of this width shows it. */
    public void load(final Path file, final int width) {
        load(file.toUri().toString(), width);
    }

    /** Loads an address, as a window of this width shows it. */
    public void load(final String address, final int width) {
        resize(width);
        driver.get("about:blank");
        console();
        requests();
        driver.get(address);
        settle();
    }

    /** Waits until the page has heard of its width and scheme: a browser tells a new page about both when it draws a frame. */
    private void settle() {
        run("return new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(done))))");
    }

    public void resize(final int width) {
        driver.executeCdpCommand("Emulation.setDeviceMetricsOverride",
            Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", false));
        settle();
    }

    /** @param scheme {@code light} or {@code dark}, as the system of the reader says, or empty */
    public void prefer(final String scheme) {
        driver.executeCdpCommand("Emulation.setEmulatedMedia",
            Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
        settle();
    }

    /** What the console says since the page was loaded or since the last call: errors of scripts, refused loads, and all else. */
    public List<String> console() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream().map(Object::toString).toList();
    }

    /** Addresses that the browser asked for since the page was loaded, first that of the page, or since the last call. */
    public List<String> requests() {
        return driver.manage().logs().get(LogType.PERFORMANCE).getAll().stream()
            .map(entry -> JsonParser.parseString(entry.getMessage()).getAsJsonObject().getAsJsonObject("message"))
            .filter(message -> message.get("method").getAsString().equals("Network.requestWillBeSent"))
            .map(Browser::address).toList();
    }

    private static String address(final JsonObject message) {
        return message.getAsJsonObject("params").getAsJsonObject("request").get("url").getAsString();
    }

    /** Elements that reach over the right edge of the page, except inside a box that scrolls. */
    public List<String> cutOff() {
        return strings("""
            const wide = document.documentElement.clientWidth;
            const inside = e => { for (let p = e; p; p = p.parentElement) { if (p.matches('.scroll')) { return true; } } return false; };
            return [...document.querySelectorAll('body *')].filter(e => !inside(e) && e.getBoundingClientRect().width > 0
                && (e.getBoundingClientRect().right > wide + 1 || e.getBoundingClientRect().left < -1))
                .map(e => e.tagName + '.' + (e.getAttribute('class') || '') + ' ' + e.getBoundingClientRect().right)
                .concat(document.documentElement.scrollWidth > wide ? ['the page scrolls to ' + document.documentElement.scrollWidth] : []);
            """);
    }

    /** Runs JavaScript that returns a list of strings. */
    public List<String> strings(final String script) {
        return ((List<?>) run(script)).stream().map(String::valueOf).toList();
    }

    public Object run(final String script, final Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    /** Waits until JavaScript holds, for a state of the page that must come. */
    public void await(final String condition) {
        run("const holds = () => " + condition + "; return new Promise(done => {"
            + " const ask = () => holds() ? done(true) : requestAnimationFrame(ask); ask(); })");
    }

    public WebElement find(final String selector) {
        return driver.findElement(By.cssSelector(selector));
    }

    public List<WebElement> findAll(final String selector) {
        return driver.findElements(By.cssSelector(selector));
    }

    /** Sends keys to the element that has the focus. */
    public void press(final Keys... keys) {
        driver.switchTo().activeElement().sendKeys(keys);
    }

    /** Keeps a picture of the whole page, for a person to look at, if the property {@code tickwave.screenshots} names a directory. */
    public void screenshot(final String name) throws IOException {
        final String directory = System.getProperty("tickwave.screenshots");
        if (directory != null) {
            final Map<String, Object> taken = driver.executeCdpCommand("Page.captureScreenshot", Map.of("captureBeyondViewport", true));
            Files.write(Path.of(directory, name + ".png"), OutputType.BYTES.convertFromBase64Png((String) taken.get("data")));
        }
    }
}
