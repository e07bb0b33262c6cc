package io.orderflow.email.handling;

import io.orderflow.email.domain.EmailRefusedException;
import io.orderflow.email.usecases.ContactUnknownException;
import io.orderflow.email.usecases.EmailLeasedException;
import io.orderflow.events.InvalidOrderException;
import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.events.EventSubscription;
import io.orderflow.messaging.handling.UnitOfWork;
import io.orderflow.messaging.policy.RetryPolicy;
import java.time.Duration;

/** What the subscriptions that send e-mails have in common: the SMTP server may be slow or unavailable. */
final class EmailSubscriptions {

    static final String GROUP = "email";

    /** For about a quarter of an hour, in which a mail server can be restarted. */
    static final RetryPolicy RETRIES = RetryPolicy.defaults()
            .maxAttempts(20)
            .pausing(Duration.ofSeconds(1), Duration.ofMinutes(1))
            .notRetrying(InvalidOrderException.class)
            .notRetrying(EmailRefusedException.class)
            .neverAnOutage(EmailLeasedException.class)
            .neverAnOutage(ContactUnknownException.class);

    /** A mail server may be slow, and what one instance has polled no other one can send meanwhile. */
    private static final ConsumerOptions FEW_AT_A_TIME =
            ConsumerOptions.defaults().withMaxPollMessages(20);

    private EmailSubscriptions() {}

    static EventSubscription subscription(String topic) {
        return EventSubscription.of(topic, GROUP)
                .takingUntyped()
                .retrying(RETRIES)
                .unitOfWork(UnitOfWork.SELF_MANAGED)
                .reading(FEW_AT_A_TIME);
    }
}
