package io.orderflow.localstack;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/**
 * {@code ./orderflow demo work-queue}: orders are placed at once, and the workers of shipping-service share the tasks to book a
 * carrier, which takes a second each.
 */
record WorkQueueDemo(Shop shop, PrintStream out) {

    private static final int TASKS = 12;
    private static final Duration CARRIER = Duration.ofSeconds(1); // shipping.carrier.delay
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private record Booking(String order, Instant confirmed, Instant dispatched) {}

    /** Returns whether all is as expected. */
    boolean run() {
        String customer = "demo-" + ThreadLocalRandom.current().nextInt(100_000, 1_000_000);
        List<String> orders = IntStream.range(0, TASKS)
                .mapToObj(i -> shop.place(customer, "standard", Demo.SKU, 1))
                .toList();
        out.printf("Placed %d standard orders. Their tasks on the work queue 'shipments':%n", TASKS);
        for (String order : orders) {
            if (!shop.awaitStatus(order, "SHIPPED"::equals, TIMEOUT)) {
                out.printf("Order %s is %s, and should be SHIPPED.%n", order, shop.status(order));
                return false;
            }
        }
        List<Booking> bookings = orders.stream()
                .map(this::booking)
                .sorted(Comparator.comparing(Booking::dispatched))
                .toList();
        return print(bookings);
    }

    private Booking booking(String order) {
        Instant confirmed = shop.timeline(order).stream()
                .filter(entry -> entry.get("status").asString().equals("CONFIRMED"))
                .map(entry -> Instant.parse(entry.get("at").asString()))
                .findFirst()
                .orElseThrow(() -> new StackException("Order " + order + " was never confirmed."));
        JsonNode shipment = shop.shipments(order).get(0);
        return new Booking(
                order, confirmed, Instant.parse(shipment.get("updatedAt").asString()));
    }

    /** A single worker would dispatch one shipment a second. */
    private boolean print(List<Booking> bookings) {
        Instant start = bookings.stream()
                .map(Booking::confirmed)
                .min(Instant::compareTo)
                .orElseThrow();
        bookings.forEach(each -> out.printf(
                "    %s  confirmed at %5d ms, dispatched at %5d ms%n",
                each.order(), millis(start, each.confirmed()), millis(start, each.dispatched())));
        long millis =
                millis(bookings.get(0).dispatched(), bookings.get(TASKS - 1).dispatched());
        boolean shared = millis < CARRIER.multipliedBy(TASKS - 1).toMillis();
        out.printf(
                "A booking takes %d s; from the first to the last of %d passed %d ms: %s%n",
                CARRIER.toSeconds(), TASKS, millis, shared ? "several workers shared them." : "they were not shared.");
        out.println(shared ? "All as expected." : "Not all is as expected.");
        return shared;
    }

    private static long millis(Instant from, Instant to) {
        return Duration.between(from, to).toMillis();
    }
}
