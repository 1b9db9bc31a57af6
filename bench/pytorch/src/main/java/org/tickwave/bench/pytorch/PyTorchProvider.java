package org.tickwave.bench.pytorch;

import ai.djl.engine.EngineException;
import org.tickwave.bench.peer.Chain;
import org.tickwave.bench.peer.Peer;
import org.tickwave.bench.peer.PeerProvider;
import org.tickwave.bench.peer.TrainingStep;

/** Opens {@link Peer#PYTORCH}. */
public final class PyTorchProvider implements PeerProvider {
    @Override
    public Peer peer() {
        return Peer.PYTORCH;
    }

    @Override
    public String missing() {
        try {
            PyTorch.engine();
            return null;
        } catch (final EngineException e) {
            Throwable cause = e;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            return ("PyTorch cannot be loaded: " + cause.getMessage()).replaceAll("\\R", " ");
        }
    }

    @Override
    public TrainingStep open(final Chain chain, final int threads, final int batch) {
        return new PyTorchStep(chain, threads, batch);
    }
}
