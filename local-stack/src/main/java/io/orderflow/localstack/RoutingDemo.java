package io.orderflow.localstack;

import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * {@code ./orderflow demo routing}: a standard and an express order are placed, and the subscription of shipping-service that
 * filters by routing key gets the express order alone.
 *
 * @param shipping the API of shipping-service
 */
record RoutingDemo(Shop shop, ServiceClient shipping, PrintStream out) {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final long POLL_NANOS = 50_000_000;

    /** Returns whether all is as expected. */
    boolean run() {
        String customer = "demo-" + ThreadLocalRandom.current().nextInt(100_000, 1_000_000);
        String standard = shop.place(customer, "standard", Demo.SKU, 1);
        String express = shop.place(customer, "express", "STICKER-SET", 1);
        out.printf("Placed %s (order.created.standard) and %s (order.created.express)%n", standard, express);

        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (!isAnnounced(express) && System.nanoTime() < deadline) {
            LockSupport.parkNanos(POLL_NANOS);
        }
        boolean asExpected = isAnnounced(express) && !isAnnounced(standard);
        out.println("The subscription matching order.created.express knows the newest express orders:");
        out.println(shipping.get("/express-orders?size=3").toPrettyString().indent(4));
        out.println(asExpected ? "All as expected." : "Not all is as expected.");
        return asExpected;
    }

    private boolean isAnnounced(String order) {
        return shipping.get("/express-orders")
                .get("items")
                .valueStream()
                .anyMatch(each -> each.get("orderId").asString().equals(order));
    }
}
