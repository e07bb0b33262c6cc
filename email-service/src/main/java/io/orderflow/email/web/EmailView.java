package io.orderflow.email.web;

import io.orderflow.email.domain.Mail;
import io.orderflow.events.EmailAddress;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A mail as clients see it: its text and the full address stay here. */
record EmailView(
        String orderId,
        String kind,
        Mail.Status status,
        String subject,
        String messageId,
        @Nullable String to,
        int attempts,
        @Nullable String failure,
        @Nullable Instant sentAt) {

    static EmailView of(Mail mail) {
        EmailAddress to = mail.to();
        return new EmailView(
                mail.orderId().value(),
                mail.kind().toString(),
                mail.status(),
                mail.subject(),
                mail.messageId(),
                to == null ? null : to.masked(),
                mail.attempts(),
                mail.failure(),
                mail.sentAt());
    }
}
