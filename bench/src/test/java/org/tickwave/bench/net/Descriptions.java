package org.tickwave.bench.net;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.tickwave.Activation;
import org.tickwave.Balance;
import org.tickwave.Feedback;
import org.tickwave.Loss;
import org.tickwave.bench.net.NetworkDescription.Input;
import org.tickwave.bench.net.NetworkDescription.Layer;
import org.tickwave.bench.net.NetworkDescription.Output;
import org.tickwave.bench.net.NetworkDescription.Projection;

/** Descriptions for tests. */
public final class Descriptions {
    private static final String NAME = "n.json";
    private static final String LETTERS = "abcXYZ_-.";

    private Descriptions() {
    }

    static NetworkFile file(final String json) throws IOException {
        return NetworkFile.parse(NAME, json);
    }

    /** A random description in which every layer lies on a way from an input to an output. */
    public static NetworkDescription random(final Random random, final int layers, final int projections, final Balance balance) {
        final int inputs = 1 + random.nextInt(Math.min(4, layers / 2));
        final int outputs = 1 + random.nextInt(Math.min(4, layers / 2));
        final int hidden = Math.max(0, layers - inputs - outputs);
        final List<String> names = names(random, inputs + hidden + outputs);
        final List<Input> ins = new ArrayList<>();
        final List<Layer> middle = new ArrayList<>();
        final List<Output> outs = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            final String name = names.get(i);
            final Activation activation = Activation.values()[random.nextInt(Activation.values().length)];
            if (i < inputs) {
                ins.add(new Input(name, random.nextInt(5), 1 + random.nextInt(400)));
            } else if (i < inputs + hidden) {
                middle.add(new Layer(name, 1 + random.nextInt(400), activation, random.nextInt(5) == 0));
            } else {
                final Loss loss = Loss.values()[random.nextInt(Loss.values().length)];
                outs.add(new Output(name, random.nextInt(5), 1 + random.nextInt(400),
                    loss == Loss.SQUARED_ERROR ? activation : Activation.IDENTITY, loss, random.nextInt(5) == 0));
            }
        }
        final NetworkDescription drawn =
            new NetworkDescription(balance, ins, middle, outs, projections(random, names, inputs, outputs, projections, balance));
        return new NetworkDescription(balance, ins, middle, outs, drawn.projections().stream().map(projection -> drawn.isDirect(projection.from())
            ? new Projection(projection.from(), projection.to(), Feedback.TRANSPOSE, projection.length()) : projection).toList());
    }

    /** The same network with transposed weights alone as feedback. */
    public static NetworkDescription transposed(final NetworkDescription of) {
        return new NetworkDescription(of.balance(), of.inputs(),
            of.layers().stream().map(layer -> new Layer(layer.name(), layer.width(), layer.activation(), false)).toList(),
            of.outputs().stream().map(output -> new Output(
                output.name(), output.first(), output.width(), output.activation(), output.loss(), false)).toList(),
            of.projections().stream().map(projection -> new Projection(
                projection.from(), projection.to(), Feedback.TRANSPOSE, projection.length())).toList());
    }

    /** An input u, a layer h that feeds itself, and an output y that feeds the layer. */
    public static NetworkDescription recurrent() {
        return new NetworkDescription(Balance.RECURRENT, List.of(new Input("u", 0, 3)), List.of(new Layer("h", 4, Activation.TANH, false)),
            List.of(new Output("y", 0, 2, Activation.IDENTITY, Loss.SQUARED_ERROR, false)),
            List.of(new Projection("u", "h", Feedback.TRANSPOSE, 1), new Projection("h", "y", Feedback.TRANSPOSE, 1),
                new Projection("y", "h", Feedback.TRANSPOSE, 1), new Projection("h", "h", Feedback.TRANSPOSE, 1)));
    }

    private static List<String> names(final Random random, final int count) {
        final List<String> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            final StringBuilder name = new StringBuilder(Integer.toString(i));
            for (int n = random.nextInt(12); n > 0; n--) {
                name.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
            }
            names.add("n" + name.reverse());
        }
        return names;
    }

    private static List<Projection> projections(
        final Random random, final List<String> names, final int inputs, final int outputs, final int most, final Balance balance) {
        final boolean[][] there = new boolean[names.size()][names.size()];
        final List<Projection> projections = new ArrayList<>();
        final int firstOutput = names.size() - outputs;
        for (int i = inputs; i < names.size(); i++) {
            add(projections, random, names, there, random.nextInt(Math.min(i, firstOutput)), i);
        }
        for (int i = 0; i < firstOutput; i++) {
            add(projections, random, names, there, i, Math.max(inputs, i + 1) + random.nextInt(names.size() - Math.max(inputs, i + 1)));
        }
        for (int tries = 0; tries < most && projections.size() < most; tries++) {
            final int from = random.nextInt(names.size());
            final int least = balance == Balance.RECURRENT ? inputs : Math.max(inputs, from + 1);
            if (least < names.size()) {
                add(projections, random, names, there, from, least + random.nextInt(names.size() - least));
            }
        }
        return projections;
    }

    private static void add(final List<Projection> to, final Random random, final List<String> names, final boolean[][] there,
        final int from, final int into) {
        if (!there[from][into]) {
            there[from][into] = true;
            final Feedback feedback = List.of(Feedback.TRANSPOSE, Feedback.RANDOM, Feedback.SIGN_SYMMETRIC).get(random.nextInt(3));
            to.add(new Projection(names.get(from), names.get(into), feedback, random.nextInt(4) == 0 ? 1 + random.nextInt(5) : 1));
        }
    }
}
