package io.orderflow.messaging.spring;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Prints the sentence, without a stack trace. */
final class InvalidBrokerFailureAnalyzer extends AbstractFailureAnalyzer<InvalidBrokerException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, InvalidBrokerException cause) {
        return new FailureAnalysis(
                cause.getMessage(),
                "Correct " + BrokerChoice.PROPERTY + " or the active Spring profiles, and start again.",
                cause);
    }
}
