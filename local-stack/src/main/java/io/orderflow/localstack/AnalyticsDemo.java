package io.orderflow.localstack;

import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/**
 * {@code ./orderflow demo analytics}: a customer places three orders within a minute, the last one over 1,000, and
 * analytics-service is asked what it has counted.
 *
 * @param analytics the API of analytics-service
 */
record AnalyticsDemo(Shop shop, ServiceClient analytics, PrintStream out) {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final long POLL_NANOS = 100_000_000;

    /** Returns whether all is as expected. */
    boolean run() {
        String customer = "demo-" + ThreadLocalRandom.current().nextInt(100_000, 1_000_000);
        shop.place(customer, "standard", Demo.SKU, 1);
        shop.place(customer, "express", "STICKER-SET", 1);
        String large = shop.place(customer, "standard", "KEYBOARD-TKL", 9);

        boolean counted = show(
                "Orders and revenue of the customer",
                "/analytics/customers/" + customer,
                totals -> totals.path("orders").asInt() == 3
                        && totals.path("confirmed").asInt() >= 2);
        boolean suspicious = show(
                "Suspicious: the third order within a minute",
                "/analytics/suspicious?customerId=" + customer,
                page -> page.at("/items/0/orderId").asString("").equals(large));
        boolean highValue = show(
                "Over 1,000, read from the topic high-value-orders",
                "/analytics/high-value?customerId=" + customer,
                page -> page.at("/items/0/orderId").asString("").equals(large));
        boolean minutes = show(
                "Orders per minute",
                "/analytics/orders-per-minute?size=3",
                page -> !page.path("items").isEmpty());
        boolean asExpected = counted && suspicious && highValue && minutes;
        out.println(asExpected ? "All as expected." : "Not all is as expected.");
        return asExpected;
    }

    /** Waits for the expected answer, and prints the last one. */
    private boolean show(String title, String path, Predicate<JsonNode> expected) {
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (true) {
            try {
                JsonNode answer = analytics.get(path);
                boolean asExpected = expected.test(answer);
                if (asExpected || System.nanoTime() > deadline) {
                    out.printf("%s%n    GET %s%n", title, path);
                    out.println(answer.toPrettyString().indent(4));
                    return asExpected;
                }
            } catch (StackException notYet) {
                if (System.nanoTime() > deadline) {
                    throw notYet;
                }
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }
}
