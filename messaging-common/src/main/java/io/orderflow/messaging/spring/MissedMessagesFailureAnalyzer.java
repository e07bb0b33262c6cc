package io.orderflow.messaging.spring;

import io.orderflow.messaging.MissedMessagesException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Prints the message, without a stack trace. */
final class MissedMessagesFailureAnalyzer extends AbstractFailureAnalyzer<MissedMessagesException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, MissedMessagesException cause) {
        return new FailureAnalysis(
                cause.getMessage(), "Set one of the properties that are named, and start again.", cause);
    }
}
