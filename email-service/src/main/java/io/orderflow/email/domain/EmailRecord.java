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

    /** Identifies the e-mail. */
    public record Key(OrderId orderId, EmailKind kind) {

        /** Reads the result of {@link #toString()}. */
        public static Key parse(String text) {
            int blank = text.indexOf(' ');
            return new Key(new OrderId(text.substring(0, blank)), EmailKind.valueOf(text.substring(blank + 1)));
        }

        @Override
        public String toString() {
            return orderId.value() + " " + kind.name();
        }
    }

    public Key key() {
        return new Key(orderId, kind);
    }

    /** The state of sending. */
    public enum Status {
        PENDING,
        SENT,
        FAILED
    }
}
