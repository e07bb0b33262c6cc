package io.orderflow.messaging.operations;

import java.security.Principal;
import org.jspecify.annotations.Nullable;

/** The name that the history of a dead letter and the log record for a decision. */
final class Operator {

    private Operator() {}

    /** "anonymous" where the application does not authenticate its operators. */
    static String name(@Nullable Principal operator) {
        return operator == null ? "anonymous" : operator.getName();
    }
}
