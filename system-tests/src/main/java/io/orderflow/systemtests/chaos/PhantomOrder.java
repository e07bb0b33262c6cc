package io.orderflow.systemtests.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;

/**
 * An order that nobody placed, of which a stranger tells the wrong way round: that it is cancelled, and long afterwards
 * that it was created. Nothing may be reserved for it, and whoever it belongs to is to be told that it is cancelled.
 *
 * @param number from 1
 */
record PhantomOrder(int number) {

    private static final String TOPIC = "orders";

    private static final String CANCELLED = """
            {"orderId": "%s", "customerId": "ghost-%d", "reason": "it was never meant",
            "cancelledAt": "2026-01-01T00:00:00Z"}""";

    private static final String CREATED = """
            {"orderId": "%s", "customerId": "ghost-%d", "email": "ghost-%2$d@example.org", "priority": "standard",
            "items": [{"sku": "STICKER-SET", "quantity": 1}], "total": 1.00, "createdAt": "2026-01-01T00:00:00Z"}""";

    /** An event about it. */
    record Event(String id, String type, String text) {

        String topic() {
            return TOPIC;
        }

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
