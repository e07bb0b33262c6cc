package io.orderflow.systemtests.chaos;

import java.util.Map;
import java.util.stream.Collectors;

/**
 * One wish of a client.
 *
 * @param number from 1
 * @param body what is sent, as it is
 * @param repeats how often it is sent again after it was answered, with the same key
 */
record Purchase(int number, Kind kind, String body, int repeats) {

    enum Kind {
        NORMAL,
        REPEATED,
        LAST_ITEM,
        CANCELLED_AT_ONCE,
        INVALID
    }

    /** Each wish has a customer of its own: whoever appears twice has been served twice. */
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
