package io.orderflow.email.domain;

import io.orderflow.events.OrderId;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An e-mail to a customer about an order: a subject of one line and a plain text.
 *
 * <p>Its Message-ID is derived from the order and the kind. If a process is killed between sending and recording that, the
 * e-mail is sent again under the same Message-ID, and mail servers and mail programs recognise the duplicate.
 *
 * @param purchaseOrder the customer's own document, which is attached; null if there is none
 */
public record Email(
        OrderId orderId,
        EmailKind kind,
        String subject,
        String text,
        @Nullable String purchaseOrder) {

    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}+");

    public Email {
        subject = oneLine(subject);
    }

    /** The same, with what belongs to it of the contact: a confirmation has the purchase order attached. */
    public Email completedFrom(Contact contact) {
        return kind == EmailKind.CONFIRMATION ? new Email(orderId, kind, subject, text, contact.purchaseOrder()) : this;
    }

    public String messageId() {
        return "<" + orderId + "." + kind + "@orderflow.example>";
    }

    /** Foreign text without line breaks and other control characters: no header can be injected. */
    static String oneLine(@Nullable String text) {
        return text == null ? "" : CONTROL.matcher(text).replaceAll(" ").strip();
    }
}
