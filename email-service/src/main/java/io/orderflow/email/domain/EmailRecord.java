package io.orderflow.email.domain;

import io.orderflow.events.EmailAddress;
import io.orderflow.events.OrderId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The state of one e-mail.
 *
 * @param to null if the order's address is not known, or was deleted after its retention
 * @param failure why it was refused
 */
public record EmailRecord(
        OrderId orderId,
        EmailKind kind,
        Status status,
        String subject,
        String messageId,
        @Nullable EmailAddress to,
        int attempts,
        @Nullable String failure,
        @Nullable Instant sentAt) {

    /** The state of sending. */
    public enum Status {
        PENDING,
        SENT,
        FAILED
    }
}
