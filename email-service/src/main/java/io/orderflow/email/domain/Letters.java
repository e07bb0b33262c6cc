package io.orderflow.email.domain;

import static io.orderflow.email.domain.Letter.oneLine;

import io.orderflow.events.OrderId;
import io.orderflow.events.OrderItem;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is written to customers. */
public final class Letters {

    private Letters() {}

    public static Letter confirmation(OrderId orderId, List<OrderItem> items, @Nullable BigDecimal total) {
        String lines = items.stream()
                .map(item -> "  " + item.quantity() + " x " + oneLine(item.sku()) + "\n")
                .collect(Collectors.joining());
        String sum = total == null ? "" : "\nTotal: " + total.toPlainString() + "\n";
        return letter(
                orderId,
                LetterKind.CONFIRMATION,
                "Your order " + orderId + " is confirmed",
                "everything you ordered is in stock, and reserved for you:\n\n" + lines + sum
                        + "\nWe write again when it is on its way.");
    }

    public static Letter rejection(OrderId orderId, @Nullable String reason) {
        return letter(
                orderId,
                LetterKind.REJECTION,
                "We cannot fulfil your order " + orderId,
                "we are sorry: your order cannot be fulfilled" + because(reason) + ".\nYou are charged nothing.");
    }

    public static Letter cancellation(OrderId orderId, @Nullable String reason) {
        return letter(
                orderId,
                LetterKind.CANCELLATION,
                "Your order " + orderId + " is cancelled",
                "your order is cancelled" + because(reason) + ".\nNothing will be sent.");
    }

    public static Letter dispatchNote(OrderId orderId, @Nullable String carrier, @Nullable String trackingNumber) {
        return letter(
                orderId,
                LetterKind.DISPATCH_NOTE,
                "Your order " + orderId + " is on its way",
                "your order has left our house.\n\nCarrier: " + oneLine(carrier) + "\nTracking number: "
                        + oneLine(trackingNumber));
    }

    private static Letter letter(OrderId orderId, LetterKind kind, String subject, String text) {
        return new Letter(orderId, kind, subject, "Hello,\n\n" + text + "\n\nOrderflow\n");
    }

    private static String because(@Nullable String reason) {
        String line = oneLine(reason);
        return line.isEmpty() ? "" : " (" + line + ")";
    }
}
