package io.orderflow.systemtests.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;

/**
 * An order that order-service does not have. Its events are sent in the wrong order: the cancellation, and much later the
 * creation. Nothing may be reserved for it, and its customer gets a cancellation mail.
 *
 * @param number from 1
 */
record PhantomOrder(int number) {

    static final String TOPIC = "orders";

    private static final String CANCELLED = """
            {"orderId": "%s", "customerId": "phantom-%d", "reason": "a phantom",
            "cancelledAt": "2026-01-01T00:00:00Z"}""";

    private static final String CREATED = """
            {"orderId": "%s", "customerId": "phantom-%d", "email": "phantom-%2$d@example.org", "priority": "standard",
            "items": [{"sku": "STICKER-SET", "quantity": 1}], "total": 1.00, "createdAt": "2026-01-01T00:00:00Z"}""";

    /** An event about it. */
    record Event(String id, String type, String text) {

        Map<String, String> headers() {
            return Map.of("ce_specversion", "1.0", "ce_id", id, "ce_type", type, "ce_source", "/chaos");
        }

        byte[] body() {
            return text.getBytes(UTF_8);
        }
    }

    String orderId() {
        return "00000000-0000-4000-9000-%012d".formatted(number);
    }

    Event cancelled(String token) {
        return new Event(token + number + "-cancelled", "order.cancelled.v1", CANCELLED.formatted(orderId(), number));
    }

    Event created(String token) {
        return new Event(token + number + "-created", "order.created.v1", CREATED.formatted(orderId(), number));
    }
}
