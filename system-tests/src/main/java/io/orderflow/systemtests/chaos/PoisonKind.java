package io.orderflow.systemtests.chaos;

import java.util.Map;
import java.util.Set;

/** Messages that cannot be handled, for several reasons. */
enum PoisonKind {
    TRUNCATED(
            "orders",
            "order.created.v1",
            "{\"orderId\": \"%s\", ",
            Set.of("inventory", "email", "analytics", "webhooks")),
    UNKNOWN_TYPE(
            "orders",
            "order.exploded.v1",
            "{\"orderId\": \"%s\"}",
            Set.of("inventory", "shipping", "email", "analytics", "webhooks")),
    WITHOUT_ENVELOPE(
            "orders", "", "%s is not for you", Set.of("inventory", "shipping", "email", "analytics", "webhooks")),
    UNKNOWN_ORDER(
            "inventory",
            "inventory.reserved.v1",
            "{\"orderId\": \"00000000-0000-4000-8000-000000000000\", \"items\": [], \"note\": \"%s\"}",
            Set.of("order")),
    NOT_JSON("shipping", "shipment.dispatched.v1", "\u0007\u00fc%s\u0000", Set.of("order", "email")),
    UNKNOWN_SHIPMENT(
            "shipments",
            "shipment.booking-requested.v1",
            "{\"shipmentId\": \"%s\", \"orderId\": \"none\", \"priority\": \"standard\"}",
            Set.of("shipping")),
    UNKNOWN_TASK("shipments.express", "", "[[[[\"%s\"]]]", Set.of("shipping"));

    private final String topic;
    private final String type;
    private final String body;
    private final Set<String> groups;

    PoisonKind(String topic, String type, String body, Set<String> groups) {
        this.topic = topic;
        this.type = type;
        this.body = body;
        this.groups = groups;
    }

    String topic() {
        return topic;
    }

    /** The groups that dead-letter it. */
    Set<String> groups() {
        return groups;
    }

    String body(String token) {
        return body.formatted(token);
    }

    /** A valid CloudEvents envelope, or no headers as of a foreign producer. */
    Map<String, String> headers(String token) {
        return type.isEmpty()
                ? Map.of()
                : Map.of("ce_specversion", "1.0", "ce_id", token, "ce_type", type, "ce_source", "/chaos");
    }
}
