package org.tickwave;

import org.tickwave.pipeline.Image;

/** The vectors that the guard has refused, as the image counts them. */
final class GuardTrips {
    private final Network network;
    private final Image image;

    GuardTrips(final Network network, final Image image) {
        this.network = network;
        this.image = image;
    }

    long count() {
        long trips = 0;
        for (int l = network.inputs(); l <= network.last(); l++) {
            trips += image.tripsAcquire(l);
        }
        return trips;
    }

    long count(final int layer) {
        network.activation(layer);
        return image.tripsAcquire(layer);
    }

    /** -1 if there was no trip in this layer. */
    long firstTick(final int layer) {
        return count(layer) == 0 ? -1 : image.firstTripOpaque(layer);
    }

    /** Names the smallest (tick, layer), which is the same for every cut. Sets all counts to zero. */
    GuardTripException take() {
        int layer = 0;
        long first = Long.MAX_VALUE;
        for (int l = network.inputs(); l <= network.last(); l++) {
            if (image.tripsAcquire(l) > 0 && image.firstTripOpaque(l) < first) {
                layer = l;
                first = image.firstTripOpaque(l);
            }
        }
        final long trips = count();
        image.clearTripsOpaque();
        return new GuardTripException(layer, network.name(layer), first, trips);
    }
}
