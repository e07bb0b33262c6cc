package io.orderflow.localstack;

import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * {@code ./orderflow demo claim-check}: places an order with a purchase order that is larger than a message on SNS and SQS can be. It
 * stays in order-service's database, and email-service fetches it and attaches it to the confirmation.
 */
record ClaimCheckDemo(Shop shop, PrintStream out) {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final int CHARACTERS = 190_000;
    private static final String LINE = "1 x as discussed by telephone\r\n";

    /** Returns whether all is as expected. */
    boolean run() {
        String customer = "demo-" + ThreadLocalRandom.current().nextInt(100_000, 1_000_000);
        String document = LINE.repeat(CHARACTERS / LINE.length());
        String order = shop.place(customer, Demo.SKU, document);
        out.printf("Placed %s with a purchase order of %d bytes%n", order, document.length());
        boolean attached = shop.awaitMail(order, "is confirmed", TIMEOUT)
                && Shop.await(() -> shop.largestMailAbout(order) > document.length(), TIMEOUT);
        out.printf("The confirmation has %d bytes with its attachment%n", shop.largestMailAbout(order));
        out.println(attached ? "All as expected." : "Not all is as expected.");
        return attached;
    }
}
