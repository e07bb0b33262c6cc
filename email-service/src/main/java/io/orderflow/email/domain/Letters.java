package io.orderflow.email.domain;

import static io.orderflow.email.domain.Letter.oneLine;

import io.orderflow.events.InventoryRejected;
import io.orderflow.events.OrderCancelled;
import io.orderflow.events.OrderId;
import io.orderflow.events.OrderItem;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is written to customers. */
public final class Letters {

    private static final String DEFAULT_CURRENCY = "EUR";

    /** Reasons as events state them, and as customers are told them. Another one stays between the services. */
    private static final Map<String, String> REJECTED = Map.of(
            InventoryRejected.OUT_OF_STOCK, "we do not have enough of what you ordered",
            InventoryRejected.UNKNOWN_ARTICLE, "we no longer sell something that you ordered");

    private static final Map<String, String> CANCELLED = Map.of(
            OrderCancelled.BY_CUSTOMER, "your order is cancelled, as you wished",
            OrderCancelled.NOT_CONFIRMED,
                    "we are sorry: we could not find out in time whether we have everything that you ordered, and have"
                            + " cancelled your order",
            OrderCancelled.NOT_SHIPPED,
                    "we are sorry: we found nobody to carry your parcel, and have cancelled your order");

    private Letters() {}

    /** @param currency of the total; null in events of earlier versions, which mean EUR */
    public static Letter confirmation(
            OrderId orderId, List<OrderItem> items, @Nullable BigDecimal total, @Nullable String currency) {
        String sum = total == null
                ? ""
                : "\nTotal: " + total.toPlainString() + " " + oneLine(currency == null ? DEFAULT_CURRENCY : currency)
                        + "\n";
        return letter(
                orderId,
                LetterKind.CONFIRMATION,
                "Your order " + orderId + " is confirmed",
                "everything you ordered is in stock, and reserved for you:\n\n" + lines(items) + sum
                        + "\nWe write again when it is on its way.");
    }

    /** @param missing what cannot be had; empty if that is not known */
    public static Letter rejection(OrderId orderId, @Nullable String reason, List<OrderItem> missing) {
        String why = REJECTED.getOrDefault(oneLine(reason), "we cannot deliver everything that you ordered");
        String what = missing.isEmpty() ? ".\n" : ":\n\n" + lines(missing) + "\n";
        return letter(
                orderId,
                LetterKind.REJECTION,
                "We cannot fulfil your order " + orderId,
                "we are sorry: " + why + what
                        + "So we do not send anything of this order, and you are charged nothing.");
    }

    public static Letter cancellation(OrderId orderId, @Nullable String reason) {
        return letter(
                orderId,
                LetterKind.CANCELLATION,
                "Your order " + orderId + " is cancelled",
                CANCELLED.getOrDefault(oneLine(reason), "your order is cancelled")
                        + ".\nNothing will be sent, and you are charged nothing.");
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

    private static String lines(List<OrderItem> items) {
        return items.stream()
                .map(item -> "  " + item.quantity() + " x " + oneLine(item.sku()) + "\n")
                .collect(Collectors.joining());
    }
}
