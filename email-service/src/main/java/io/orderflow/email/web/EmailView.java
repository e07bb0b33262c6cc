package io.orderflow.email.web;

import io.orderflow.email.domain.EmailRecord;
import io.orderflow.events.EmailAddress;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The public view of an e-mail, without its text and with a masked address. */
record EmailView(
        String orderId,
        String kind,
        EmailRecord.Status status,
        String subject,
        String messageId,
        @Nullable String to,
        int attempts,
        @Nullable String failure,
        @Nullable Instant sentAt) {

    static EmailView of(EmailRecord mail) {
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
