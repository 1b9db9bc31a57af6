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

/** Run at 128, 256 and 512 bits beside the machine's own width; skipped, saying so, where vectors are not that wide. */
@Tag("lanes")
@ExtendWith(AtEveryLaneWidth.Asked.class)
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface AtEveryLaneWidth {
    /** Compares the width that this execution of the tests is for with the one that the kernels got. */
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
