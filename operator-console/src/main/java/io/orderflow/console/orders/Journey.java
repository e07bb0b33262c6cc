package io.orderflow.console.orders;

import io.orderflow.console.services.DeadLetter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * An order's way through the services.
 *
 * @param status of the order
 * @param steps what is known to have happened, the oldest first
 * @param deadLetters of its events, in every service
 * @param unreachable why parts may be missing, a sentence for each service
 */
record Journey(UUID orderId, String status, List<Step> steps, List<Failed> deadLetters, List<String> unreachable) {

    /** One step in a service. */
    record Step(Instant at, String service, String what, String event) {}

    /** A dead letter of a service. */
    record Failed(String service, DeadLetter letter) {}

    /** Time from the first step to this one, in milliseconds. */
    public long millis(Step step) {
        return Duration.between(steps.get(0).at(), step.at()).toMillis();
    }

    public boolean isFinal() {
        return List.of("SHIPPED", "REJECTED", "CANCELLED").contains(status);
    }
}
