package io.orderflow.email.domain;

import io.orderflow.events.OrderId;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a customer is told about an order: a subject of one line and a plain text.
 *
 * <p>Its Message-ID follows from the order and the kind, so that a mail which is sent twice, because a process died
 * between sending it and noting that, is recognised as one by mail servers and mail programs.
 */
public record Letter(OrderId orderId, LetterKind kind, String subject, String text) {

    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}+");

    public Letter {
        subject = oneLine(subject);
    }

    public String messageId() {
        return "<" + orderId + "." + kind + "@orderflow.example>";
    }

    /** Text from elsewhere without line breaks or other control characters. */
    static String oneLine(@Nullable String text) {
        return text == null ? "" : CONTROL.matcher(text).replaceAll(" ").strip();
    }
}
