package io.orderflow.localstack;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/**
 * {@code ./orderflow demo priority}: an express order is placed behind more standard orders than shipping-service can ship at
 * once, and is shipped before most of them.
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
        Instant when = shippedAt(express);
        long earlier =
                standard.stream().filter(id -> shippedAt(id).isBefore(when)).count();
        out.printf(
                "Shipped before the express order: %d of %d standard orders; after it: all others%n",
                earlier, STANDARD);
        boolean asExpected = shipped && earlier < STANDARD / 2;
        out.println(asExpected ? "All as expected." : "Not all is as expected.");
        return asExpected;
    }

    private Instant shippedAt(String order) {
        return Instant.parse(shop.order(order).get("changedAt").asString());
    }
}
