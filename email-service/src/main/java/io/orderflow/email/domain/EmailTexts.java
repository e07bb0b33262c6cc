package io.orderflow.email.domain;

import static io.orderflow.email.domain.Email.oneLine;

import io.orderflow.events.InventoryRejected;
import io.orderflow.events.OrderCancelled;
import io.orderflow.events.OrderId;
import io.orderflow.events.OrderItem;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The texts of the e-mails. */
public final class EmailTexts {

    private static final String DEFAULT_CURRENCY = "EUR";

    /** The reasons in the events, and their texts for customers. Other reasons are internal and not quoted. */
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

    private EmailTexts() {}

    /** @param currency of the total; null in events of earlier versions, which mean EUR */
    public static Email confirmation(
            OrderId orderId, List<OrderItem> items, @Nullable BigDecimal total, @Nullable String currency) {
        String sum = total == null
                ? ""
                : "\nTotal: " + total.toPlainString() + " " + oneLine(currency == null ? DEFAULT_CURRENCY : currency)
                        + "\n";
        return email(
                orderId,
                EmailKind.CONFIRMATION,
                "Your order " + orderId + " is confirmed",
                "everything you ordered is in stock, and reserved for you:\n\n" + lines(items) + sum
                        + "\nWe write again when it is on its way.");
    }

    /** @param missing what cannot be had; empty if that is not known */
    public static Email rejection(OrderId orderId, @Nullable String reason, List<OrderItem> missing) {
        String why = REJECTED.getOrDefault(oneLine(reason), "we cannot deliver everything that you ordered");
        String what = missing.isEmpty() ? ".\n" : ":\n\n" + lines(missing) + "\n";
        return email(
                orderId,
                EmailKind.REJECTION,
                "We cannot fulfil your order " + orderId,
                "we are sorry: " + why + what
                        + "So we do not send anything of this order, and you are charged nothing.");
    }

    public static Email cancellation(OrderId orderId, @Nullable String reason) {
        return email(
                orderId,
                EmailKind.CANCELLATION,
                "Your order " + orderId + " is cancelled",
                CANCELLED.getOrDefault(oneLine(reason), "your order is cancelled")
                        + ".\nNothing will be sent, and you are charged nothing.");
    }

    public static Email dispatchNote(OrderId orderId, @Nullable String carrier, @Nullable String trackingNumber) {
        return email(
                orderId,
                EmailKind.DISPATCH_NOTE,
                "Your order " + orderId + " is on its way",
                "your order has left our house.\n\nCarrier: " + oneLine(carrier) + "\nTracking number: "
                        + oneLine(trackingNumber));
    }

    public static Email delayNotice(OrderId orderId) {
        return email(
                orderId,
                EmailKind.DELAY_NOTICE,
                "Your order " + orderId + " takes longer",
                "we are sorry: your order has not left our house yet. You need not do anything.\n"
                        + "We write again when it is on its way.");
    }

    private static Email email(OrderId orderId, EmailKind kind, String subject, String text) {
        return new Email(orderId, kind, subject, "Hello,\n\n" + text + "\n\nOrderflow\n", null);
    }

    private static String lines(List<OrderItem> items) {
        return items.stream()
                .map(item -> "  " + item.quantity() + " x " + oneLine(item.sku()) + "\n")
                .collect(Collectors.joining());
    }
}
