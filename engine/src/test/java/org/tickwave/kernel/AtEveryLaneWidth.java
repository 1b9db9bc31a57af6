package org.tickwave.kernel;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Runs at 128, 256 and 512 bits besides the machine's own width. A width that the machine does not have is skipped with a
 * message.
 */
@Tag("lanes")
@ExtendWith(AtEveryLaneWidth.Asked.class)
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface AtEveryLaneWidth {
    /** Compares the lane width of this execution of the tests with the lane width of the kernels. */
    final class Asked implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(final ExtensionContext context) {
            final int bits = Lanes.LANES * Float.SIZE;
            final int asked = Integer.getInteger("tickwave.test.lanes", bits);
            return asked == bits
                ? ConditionEvaluationResult.enabled("vectors have " + bits + " bits")
                : ConditionEvaluationResult.disabled("asked for " + asked + " bits, vectors have " + bits);
        }
    }
}
