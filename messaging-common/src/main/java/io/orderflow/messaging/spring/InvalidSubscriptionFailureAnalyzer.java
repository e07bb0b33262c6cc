package io.orderflow.messaging.spring;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Prints the sentence, without a stack trace. */
final class InvalidSubscriptionFailureAnalyzer extends AbstractFailureAnalyzer<InvalidSubscriptionException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, InvalidSubscriptionException cause) {
        return new FailureAnalysis(
                cause.getMessage(),
                "Correct the property or remove it, and start again. A topic with dots in its name is put in brackets:"
                        + " messaging.subscriptions[shipments.express].shipping.members",
                cause);
    }
}
