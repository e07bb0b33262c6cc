package io.orderflow.systemtests.chaos;

import java.util.Map;
import java.util.stream.Collectors;

/**
 * One purchase of a client.
 *
 * @param number from 1
 * @param body the request body
 * @param repeats how often the request is sent again after an answer, with the same idempotency key
 */
record Purchase(int number, Kind kind, String body, int repeats) {

    enum Kind {
        NORMAL,
        REPEATED,
        LAST_ITEM,
        CANCELLED_AT_ONCE,
        INVALID
    }

    /** A customer of its own, so that a second order of the same customer is a duplicate. */
    String customer() {
        return customer(number);
    }

    String key() {
        return "chaos-" + number;
    }

    boolean isValid() {
        return kind != Kind.INVALID;
    }

    static String customer(int number) {
        return "buyer-" + number;
    }

    static String body(int number, String priority, Map<String, Integer> items) {
        String lines = items.entrySet().stream()
                .map(item -> "{\"sku\":\"" + item.getKey() + "\",\"quantity\":" + item.getValue() + "}")
                .collect(Collectors.joining(","));
        return "{\"customerId\":\"" + customer(number) + "\",\"email\":\"" + customer(number)
                + "@example.org\",\"priority\":\"" + priority + "\",\"items\":[" + lines + "]}";
    }
}
