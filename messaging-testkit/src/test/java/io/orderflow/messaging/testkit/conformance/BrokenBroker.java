package io.orderflow.messaging.testkit.conformance;

import io.orderflow.messaging.MessageBroker;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A broker with one defect.
 *
 * @param what it does wrong
 * @param scenarios of the suite that have to fail with it
 */
record BrokenBroker(String what, UnaryOperator<MessageBroker> tampering, Set<String> scenarios) {

    BrokenBroker(String what, UnaryOperator<MessageBroker> tampering, String... scenarios) {
        this(what, tampering, Set.of(scenarios));
    }

    @Override
    public String toString() {
        return what;
    }
}
