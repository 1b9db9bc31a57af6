package org.tickwave.bench.setup;

import org.tickwave.Balance;
import org.tickwave.Loss;
import org.tickwave.Network;
import org.tickwave.Rule;
import org.tickwave.bench.answer.AnswerOptions;
import org.tickwave.bench.net.NetworkDescription;
import org.tickwave.bench.net.NetworkDescription.Output;
import org.tickwave.bench.net.NetworkException;
import org.tickwave.bench.net.NetworkFile;
import org.tickwave.bench.task.Task;

/**
 * The network of a description, made for the frames and targets of a task.
 *
 * @param description all widths are known
 */
record GraphPlan(NetworkDescription description, Network network) {

    /**
     * Allocates no image.
     *
     * @param options with a description
     * @param task    gives frames and targets
     * @throws RunFailure if the description does not fit the task or the options
     */
    static GraphPlan of(final RunOptions options, final Task task) throws RunFailure {
        final NetworkFile file = options.network();
        try {
            final NetworkDescription description = file.fit(task.inputWidth(), task.targetWidth());
            expectLosses(file, description, task);
            expectOptions(file, options);
            return new GraphPlan(description, description.network());
        } catch (final NetworkException e) {
            throw RunFailure.failed(e.getMessage());
        } catch (final IllegalArgumentException e) {
            throw RunFailure.failed(file.refuse(e.getMessage()).getMessage());
        }
    }

    /** A change may be any number, and a label is one of all. */
    private static void expectLosses(final NetworkFile file, final NetworkDescription description, final Task task) throws NetworkException {
        for (int o = 0; o < description.outputs().size(); o++) {
            final Output output = description.outputs().get(o);
            if (task.loss() == Loss.SQUARED_ERROR && output.loss() != Loss.SQUARED_ERROR) {
                throw file.refuseOutput(o, "loss", "loss \"" + NetworkDescription.named(output.loss())
                    + "\": expected \"squared_error\", since the target is a change and no label");
            }
            if (task.loss() != Loss.SQUARED_ERROR && output.width() != task.targetWidth()) {
                throw file.refuseOutput(o, "width", "width " + output.width() + ": expected all " + task.targetWidth()
                    + " numbers of the target, one for each label");
            }
        }
    }

    private static void expectOptions(final NetworkFile file, final RunOptions options) throws NetworkException {
        final Balance balance = file.description().balance();
        final String which = "a network that is " + NetworkDescription.named(balance) + ", with ";
        if (balance != Balance.BALANCED && options.rule() != null && !options.rule().equals(Rule.diffusion())) {
            throw file.refuseBalance(which + "--rule " + options.rule() + ": expected --rule diffusion");
        }
        if (balance == Balance.RECURRENT && options.compare()) {
            throw file.refuseBalance(which + "--compare: expected no --compare, since sequential backprop needs a network without cycles");
        }
        if (balance == Balance.RECURRENT && options.answers() != null && options.answers().from() == AnswerOptions.From.NOW) {
            throw file.refuseBalance(which + "--answers: expected --answer-from wave, since a network with cycles answers only by its ticks");
        }
    }
}
