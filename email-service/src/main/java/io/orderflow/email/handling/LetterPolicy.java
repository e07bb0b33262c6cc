package io.orderflow.email.handling;

import io.orderflow.email.domain.LetterRefusedException;
import io.orderflow.email.usecases.ContactUnknownException;
import io.orderflow.email.usecases.LetterClaimedException;
import io.orderflow.events.InvalidOrderException;
import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.events.EventSubscription;
import io.orderflow.messaging.handling.UnitOfWork;
import io.orderflow.messaging.policy.RetryPolicy;
import java.time.Duration;

/** What all subscriptions of this service have in common: they end at an SMTP server, which may be slow or away. */
final class LetterPolicy {

    static final String GROUP = "email";

    /** About a quarter of an hour: long enough for a mail server to be restarted. */
    static final RetryPolicy PATIENT = RetryPolicy.defaults()
            .maxAttempts(20)
            .pausing(Duration.ofSeconds(1), Duration.ofMinutes(1))
            .notRetrying(InvalidOrderException.class)
            .notRetrying(LetterRefusedException.class)
            .neverAnOutage(LetterClaimedException.class)
            .neverAnOutage(ContactUnknownException.class);

    /** A mail server may take its time: what one instance holds, the others cannot send meanwhile. */
    private static final ConsumerOptions FEW_AT_A_TIME =
            ConsumerOptions.defaults().withMaxPollMessages(20);

    private LetterPolicy() {}

    static EventSubscription subscription(String topic) {
        return EventSubscription.of(topic, GROUP)
                .takingUntyped()
                .retrying(PATIENT)
                .unitOfWork(UnitOfWork.SELF_MANAGED)
                .reading(FEW_AT_A_TIME);
    }
}
