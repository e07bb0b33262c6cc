package io.orderflow.email.domain;

import io.orderflow.events.EmailAddress;
import io.orderflow.events.OrderId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a mail.
 *
 * @param to null if the order's address is not known
 * @param failure why it was refused
 */
public record Mail(
        OrderId orderId,
        LetterKind kind,
        Status status,
        String subject,
        String messageId,
        @Nullable EmailAddress to,
        int attempts,
        @Nullable String failure,
        @Nullable Instant sentAt) {

    /** How far a mail has come. */
    public enum Status {
        PENDING,
        SENT,
        FAILED
    }
}
