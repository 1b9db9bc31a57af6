package org.tickwave;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.tickwave.kernel.OutputError;
import org.tickwave.kernel.Sigma;
import org.tickwave.layout.Geometry;
import org.tickwave.layout.ImageLayout;
import org.tickwave.pipeline.AnswerPass;
import org.tickwave.pipeline.Bands;
import org.tickwave.pipeline.Cut;
import org.tickwave.pipeline.Image;
import org.tickwave.pipeline.Layer;
import org.tickwave.pipeline.Progress;
import org.tickwave.pipeline.Settings;
import org.tickwave.pipeline.Source;

/** The parts of one engine. Makes them in the order in which they need each other, and closes them. */
final class EngineParts {
    final Network network;
    /** The engine's own copy. */
    final Context context;
    final Cut cut;
    final BandNames names;
    final EngineObserver observer;
    final Image image;
    final Progress progress;
    final Settings settings;
    final Source source;
    final Bands bands;
    final AnswerPass answers;
    final EngineState state;
    final Waves waves;
    final boolean warm;
    private final Arena ownArena;

    /** @param from the image that is copied, if the engine resumes; else null */
    EngineParts(
        final Network network, final Context context, final ImageLayout layout, final EngineImage start, final MemorySegment from) {
        this.network = network;
        this.context = context;
        cut = newCut(layout.geometry());
        names = new BandNames(context.name);
        observer = new EngineObserver(network, context, cut.bands(), names, this::closed);
        ownArena = context.arena == null ? Arena.ofShared() : null;
        try {
            final MemorySegment memory = allocate(layout.imageBytes());
            final long digest = EngineImage.digest(network, context, layout);
            image = start.in(memory, layout, digest, context.seed, from);
            progress = new Progress(image);
            progress.observer(observer);
            settings = new Settings(image);
            if (start == EngineImage.NEW) {
                image.startWeights(context.seed, network.sigmas());
                settings.start(context.rate / context.hold, context.learning);
            }
            source = new Source(image, progress, cut.sweptLast(), settings, network::name);
            final Layer[] layers = newLayers();
            final Waits waits = new Waits(context, progress, cut.bands());
            bands = new Bands(cut, layers, image, progress, source, context.sampleEvery, waits.of(context.stallLimitNs));
            answers = new AnswerPass(image, layers, network::name);
            state = new EngineState(network, image, progress, source, bands, observer, context.stallLimitNs);
            waves = new Waves(image.segment(), image.table(), "the engine");
            warm = context.warmUp && WarmUp.run(network, context, ImageMemory.confined(image.segment()));
            observer.committed(source);
            startThreads(waits, start, digest);
        } catch (final RuntimeException | Error e) {
            observer.close();
            if (ownArena != null) {
                ownArena.close();
            }
            throw e;
        }
    }

    /** For the observer, which asks only once the engine is complete. */
    private boolean closed() {
        return state.closed();
    }

    private Cut newCut(final Geometry geometry) {
        final int[] counts = context.counts;
        if (counts == null) {
            return Cut.into(geometry, context.bands, context.cacheBytes);
        }
        if (counts.length != context.bands) {
            throw new IllegalArgumentException("cut " + Arrays.toString(counts) + " makes " + counts.length + " bands: expected "
                + context.bands + ", as in " + (context.ownThreads ? "threads(" : "bands(") + context.bands + ")");
        }
        return Cut.of(geometry, counts, context.cacheBytes);
    }

    /** In the engine's own arena, or in the embedder's if the engine has none. */
    private MemorySegment allocate(final long bytes) {
        if (ownArena != null) {
            return ownArena.allocate(bytes, Engine.IMAGE_ALIGNMENT_BYTES);
        }
        final String users = cut.bands() == 1 ? null : cut.bands() + (context.ownThreads ? " threads" : " bands");
        return ImageMemory.allocate(context.arena, bytes, users);
    }

    private Layer[] newLayers() {
        final Sigma[] sigmas = network.sigmas();
        final OutputError.Loss[] losses = network.losses();
        final Layer[] layers = new Layer[sigmas.length];
        for (int l = network.inputs(); l < layers.length; l++) {
            layers[l] = new Layer(image, l, sigmas[l], losses[l], context.clip);
        }
        return layers;
    }

    /** Starts the engine's own threads, and says in a new image that it is complete. */
    private void startThreads(final Waits waits, final EngineImage start, final long digest) {
        try {
            if (context.ownThreads) {
                bands.start(context.threadFactory, () -> waits.of(0), names::of);
            }
            if (start == EngineImage.NEW) {
                image.completeRelease(digest);
            }
        } catch (final RuntimeException | Error e) {
            bands.close();
            throw e;
        }
    }

    /** Stops the bands, and frees what is the engine's own. For any thread, and more than once. */
    void close() {
        // Not synchronized on the engine: an embedder may hold the engine's monitor while it ticks.
        synchronized (bands) {
            waves.close();
            bands.close();
            observer.close();
            if (ownArena != null && image.open()) {
                ownArena.close();
            }
        }
    }
}
