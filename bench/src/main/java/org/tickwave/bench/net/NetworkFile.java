package org.tickwave.bench.net;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.tickwave.Activation;
import org.tickwave.Balance;
import org.tickwave.Feedback;
import org.tickwave.Loss;
import org.tickwave.bench.net.NetworkDescription.Input;
import org.tickwave.bench.net.NetworkDescription.Layer;
import org.tickwave.bench.net.NetworkDescription.Output;
import org.tickwave.bench.net.NetworkDescription.Projection;
import org.tickwave.bench.stdio.Descriptors;
import org.tickwave.bench.stream.FileNames;
import org.tickwave.bench.stream.Printable;

/** A description of a network that was read and checked, and where its parts stand in the text. */
public final class NetworkFile {
    private final SourceText text;
    private final Fields fields;
    private final NetworkDescription description;

    private NetworkFile(final SourceText text) throws NetworkException {
        this.text = text;
        fields = DescriptionParser.parse(text);
        new GraphCheck(text, fields).check();
        description = new NetworkDescription(
            balance(), inputs(), layers(), outputs(), fields.list("projections").stream().map(NetworkFile::projection).toList());
    }

    /**
     * Reads a file, a FIFO, or a descriptor such as /dev/stdin.
     *
     * @param expected end of the message if there is no such file
     * @throws NetworkException if the file is missing, or no valid description
     */
    public static NetworkFile read(final String file, final String expected) throws IOException {
        final String name = Printable.text(file);
        final Path path = FileNames.path(name, file);
        final String closed = Descriptors.closed(path);
        if (closed != null) {
            throw new NetworkException(name + ": " + closed);
        }
        if (!Files.exists(path) || Descriptors.ofJvm(path)) {
            throw new NetworkException(name + ": no such file: " + expected);
        }
        if (Files.isDirectory(path)) {
            throw new NetworkException(name + ": a directory: expected a description of a network in JSON");
        }
        if (!Files.isReadable(path)) {
            throw new NetworkException(name + ": permission denied: expected a file with read permission");
        }
        try (InputStream from = Files.newInputStream(path)) {
            return read(name, from);
        }
    }

    /** Reads a file that can be nothing but a description. */
    public static NetworkFile read(final String file) throws IOException {
        return read(file, "expected a description of a network in JSON");
    }

    /**
     * Reads a stream to its end.
     *
     * @param name name of the stream in messages
     */
    public static NetworkFile read(final String name, final InputStream from) throws IOException {
        return new NetworkFile(SourceText.read(name, from));
    }

    /**
     * Reads a description that is part of another file. The text may be longer than a file: with every key it takes more characters.
     *
     * @param name start of every message
     */
    public static NetworkFile parse(final String name, final String json) throws IOException {
        return new NetworkFile(new SourceText(name, json));
    }

    /** The description as it stands in the file. The width of the last input and of the last output may be open. */
    public NetworkDescription description() {
        return description;
    }

    /**
     * The description for frames and targets of known widths. An open width becomes what is left.
     *
     * @param frame  numbers in a frame
     * @param target numbers in a target
     * @throws NetworkException if a part does not fit
     */
    public NetworkDescription fit(final int frame, final int target) throws NetworkException {
        final List<Input> inputs = new ArrayList<>();
        for (final Input input : description.inputs()) {
            inputs.add(new Input(input.name(), input.first(),
                fit(fields.list("inputs").get(inputs.size()), input.first(), input.width(), "frame", frame)));
        }
        final List<Output> outputs = new ArrayList<>();
        for (final Output output : description.outputs()) {
            outputs.add(new Output(output.name(), output.first(),
                fit(fields.list("outputs").get(outputs.size()), output.first(), output.width(), "target", target),
                output.activation(), output.loss(), output.direct()));
        }
        return new NetworkDescription(description.balance(), inputs, description.layers(), outputs, description.projections());
    }

    private static int fit(final Fields part, final int first, final int width, final String whole, final int numbers)
        throws NetworkException {
        final int fitting = width == NetworkDescription.REST ? Math.max(1, numbers - first) : width;
        if ((long) first + fitting > numbers) {
            throw part.refuse(part.place(part.has("width") ? "width" : "first"), "numbers " + first + " to " + ((long) first + fitting - 1)
                + " of the " + whole + ": expected numbers from 0 to " + (numbers - 1) + ", since the " + whole + " has " + numbers);
        }
        return fitting;
    }

    /**
     * The description where no stream is known.
     *
     * @throws NetworkException if a width is open
     */
    public NetworkDescription withoutStream() throws NetworkException {
        for (final String key : List.of("inputs", "outputs")) {
            for (final Fields part : fields.list(key)) {
                if (!part.has("width")) {
                    throw part.refuse(part.place(), "no key \"width\": expected a width, since there is no stream whose "
                        + (key.equals("inputs") ? "frame" : "target") + " it could fill");
                }
            }
        }
        return description;
    }

    /** A refusal of the balance, which another choice contradicts. */
    public NetworkException refuseBalance(final String message) {
        return text.refuse(fields.place("balance"), message);
    }

    /**
     * A refusal of a value of an output.
     *
     * @param output its place in the list, from 0
     * @param key    of the value; the place is that of the output if the file leaves out the value
     */
    public NetworkException refuseOutput(final int output, final String key, final String message) {
        final Fields fieldsOfOutput = fields.list("outputs").get(output);
        return fieldsOfOutput.refuse(fieldsOfOutput.place(key), message);
    }

    /** A refusal of the whole network. */
    public NetworkException refuse(final String message) {
        return text.refuse(message);
    }

    private Balance balance() {
        return fields.value("balance", Balance.BALANCED, Balance.class);
    }

    private List<Input> inputs() throws NetworkException {
        final List<Input> inputs = new ArrayList<>();
        final List<Fields> all = fields.list("inputs");
        int end = 0;
        for (final Fields input : all) {
            final int first = input.whole("first", end);
            end = end(input, first, input == all.getLast());
            inputs.add(new Input(input.text("name"), first, input.whole("width", NetworkDescription.REST)));
        }
        return inputs;
    }

    private List<Layer> layers() {
        return fields.list("layers").stream().map(layer -> new Layer(layer.text("name"), layer.whole("width", 0),
            layer.value("activation", Activation.TANH, Activation.class), layer.has("feedback"))).toList();
    }

    private List<Output> outputs() throws NetworkException {
        final List<Output> outputs = new ArrayList<>();
        final List<Fields> all = fields.list("outputs");
        int end = 0;
        for (final Fields output : all) {
            final int first = output.whole("first", end);
            end = end(output, first, output == all.getLast());
            final Activation activation = output.value("activation", Activation.IDENTITY, Activation.class);
            final Loss loss = output.value("loss", Loss.SQUARED_ERROR, Loss.class);
            if (loss != Loss.SQUARED_ERROR && activation != Activation.IDENTITY) {
                throw output.refuse(output.place("activation"), "activation \"" + NetworkDescription.named(activation) + "\" with the loss \""
                    + NetworkDescription.named(loss) + "\": expected \"identity\", since the output holds logits");
            }
            outputs.add(new Output(output.text("name"), first, output.whole("width", NetworkDescription.REST), activation, loss,
                output.has("feedback")));
        }
        return outputs;
    }

    /** The end of a part of the frame or the target. */
    private static int end(final Fields part, final int first, final boolean last) throws NetworkException {
        if (!part.has("width") && !last) {
            throw part.refuse(part.place(), "no key \"width\": expected a width, which only the last part may leave out");
        }
        final long end = (long) first + part.whole("width", 0);
        if (end > Integer.MAX_VALUE) {
            throw part.refuse(part.place("width"), "ends at number " + end + ": expected at most " + Integer.MAX_VALUE);
        }
        return (int) end;
    }

    private static Projection projection(final Fields projection) {
        return new Projection(projection.text("from"), projection.text("to"),
            projection.value("feedback", Feedback.TRANSPOSE, Feedback.class), projection.whole("length", 1));
    }
}
