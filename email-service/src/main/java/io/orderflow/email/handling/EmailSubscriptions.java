package io.orderflow.email.handling;

import io.orderflow.email.domain.EmailRefusedException;
import io.orderflow.email.usecases.ContactUnknownException;
import io.orderflow.email.usecases.EmailLeasedException;
import io.orderflow.events.InvalidOrderException;
import io.orderflow.messaging.events.EventSubscription;
import io.orderflow.messaging.events.UnitOfWork;
import java.time.Duration;

/** What the subscriptions that send e-mails have in common: the SMTP server may be slow or unavailable. */
final class EmailSubscriptions {

    static final String GROUP = "email";

    /** With the pauses below about a quarter of an hour, in which a mail server can be restarted. */
    private static final int MAX_ATTEMPTS = 20;

    /** A mail server may be slow, and no other instance can send what this one has polled. */
    private static final int MAX_POLL_MESSAGES = 20;

    private EmailSubscriptions() {}

    static EventSubscription subscription(String topic) {
        return EventSubscription.of(topic, GROUP)
                .takingUntyped()
                .maxAttempts(MAX_ATTEMPTS)
                .pausing(Duration.ofSeconds(1), Duration.ofMinutes(1))
                .notRetrying(InvalidOrderException.class)
                .notRetrying(EmailRefusedException.class)
                .neverAnOutage(EmailLeasedException.class)
                .neverAnOutage(ContactUnknownException.class)
                .unitOfWork(UnitOfWork.SELF_MANAGED)
                .maxPollMessages(MAX_POLL_MESSAGES);
    }
}
