package io.orderflow.localstack;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * {@code ./orderflow demo priority}: an express order is placed behind more standard orders than shipping-service can ship at
 * once, and does not wait for them.
 */
record PriorityDemo(Shop shop, PrintStream out) {

    private static final int STANDARD = 24;
    private static final Duration TIMEOUT = Duration.ofSeconds(120);

    /** Returns whether all is as expected. */
    boolean run() {
        String customer = "demo-" + ThreadLocalRandom.current().nextInt(100_000, 1_000_000);
        List<String> standard = Stream.generate(() -> shop.place(customer, "standard", "STICKER-SET", 1))
                .limit(STANDARD)
                .toList();
        String express = shop.place(customer, "express", "STICKER-SET", 1);
        out.printf("Placed %d standard orders, then the express order %s%n", STANDARD, express);
        boolean shipped = Stream.concat(standard.stream(), Stream.of(express))
                .allMatch(id -> shop.awaitStatus(id, "SHIPPED"::equals, TIMEOUT));
        Duration waited = waited(express);
        Duration longest = standard.stream()
                .map(this::waited)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        out.printf("The express order was shipped after %d ms%n", waited.toMillis());
        out.printf("The standard orders were shipped after up to %d ms%n", longest.toMillis());
        boolean asExpected = shipped && waited.compareTo(longest) < 0;
        out.println(asExpected ? "All as expected." : "Not all is as expected.");
        return asExpected;
    }

    private Duration waited(String order) {
        JsonNode shipped = shop.order(order);
        return Duration.between(
                Instant.parse(shipped.get("placedAt").asString()),
                Instant.parse(shipped.get("changedAt").asString()));
    }
}
