package org.tickwave.example;

import io.aeron.Aeron;
import io.aeron.CommonContext;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.ShutdownSignalBarrier;
import org.agrona.concurrent.YieldingIdleStrategy;
import org.tickwave.Activation;
import org.tickwave.Context;
import org.tickwave.Engine;
import org.tickwave.Network;
import org.tickwave.Rule;

/**
 * An application to copy: a media driver, an Aeron client, an engine, and a thread that runs {@link AeronForecast}. Closes them
 * in the opposite order. The JVM needs two flags: {@code --add-modules jdk.incubator.vector} for the engine, and
 * {@code --add-opens java.base/jdk.internal.misc=ALL-UNNAMED} for Agrona's buffers.
 */
final class AeronApplication {
    static final Network NETWORK =
        Network.chain(AeronForecast.SENSORS, 32, 32, AeronForecast.SENSORS).activation(Activation.TANH).build();

    private AeronApplication() {
    }

    /** Each frame stays for as many ticks as there are layers. The guard counts: one bad reading must not stop the thread. */
    static Context context() {
        return new Context().rule(Rule.aligned()).hold(NETWORK.latency()).rate(3e-2f).guard(Engine.Guard.COUNT);
    }

    /**
     * Runs the application.
     *
     * @param directory of the media driver, where Aeron clients find it; is deleted at the end. A driver that already runs
     *                  there is an error
     * @param errors    gets the errors of all threads
     * @param until     gets the agent's thread; the application ends when this call returns
     */
    static void run(final Path directory, final ErrorHandler errors, final Consumer<Thread> until) {
        final MediaDriver.Context ofDriver = new MediaDriver.Context().aeronDirectoryName(directory.toString())
            .dirDeleteOnShutdown(true).threadingMode(ThreadingMode.SHARED).errorHandler(errors);
        final Aeron.Context ofClient = new Aeron.Context().errorHandler(errors);
        try (MediaDriver driver = MediaDriver.launch(ofDriver);
             Aeron aeron = Aeron.connect(ofClient.aeronDirectoryName(driver.aeronDirectoryName()));
             Engine engine = Engine.open(NETWORK, context().warmUp(true));
             AgentRunner runner =
                 new AgentRunner(new YieldingIdleStrategy(), errors, null, new AeronForecast(aeron, engine))) {
            until.accept(AgentRunner.startOnThread(runner));
        }
    }

    /** Runs until the process gets SIGTERM or SIGINT. The property {@code aeron.dir} names the driver's directory. */
    public static void main(final String[] args) {
        try (ShutdownSignalBarrier barrier = new ShutdownSignalBarrier()) {
            run(Path.of(CommonContext.getAeronDirectoryName()), Throwable::printStackTrace, thread -> barrier.await());
        }
    }
}
