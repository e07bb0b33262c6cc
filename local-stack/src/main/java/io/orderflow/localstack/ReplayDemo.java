package io.orderflow.localstack;

import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * {@code ./orderflow demo replay}: orders are placed and counted, then the results are counted from nothing by a replay of the topic,
 * and compared with the live ones.
 *
 * @param analytics the API of analytics-service
 * @param management the management ports of the services
 */
record ReplayDemo(Shop shop, ServiceClient analytics, Function<String, ServiceClient> management, PrintStream out) {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final long POLL_NANOS = 100_000_000;

    /** Returns whether all is as expected. */
    boolean run() {
        String customer = "demo-" + ThreadLocalRandom.current().nextInt(100_000, 1_000_000);
        shop.place(customer, "standard", Demo.SKU, 1);
        shop.place(customer, "express", "STICKER-SET", 1);
        shop.place(customer, "standard", "KEYBOARD-TKL", 9);
        await(() -> {
            JsonNode totals = analytics.get("/analytics/customers/" + customer);
            return totals.get("orders").asInt() == 3 && totals.get("confirmed").asInt() == 3;
        });
        await(() -> highValue(customer) == 1);
        JsonNode live = analytics.get("/analytics/customers/" + customer);
        out.println("Counted live: " + live);

        boolean complete = Replays.run(management, out, "orders", "--into", "analytics");
        boolean same = new RebuiltResults(analytics, out).areLive(customer);
        boolean untouched = analytics.get("/analytics/customers/" + customer).equals(live);
        out.println(untouched ? "The live results are as before." : "The replay has changed the live results.");
        out.println(complete && same && untouched ? "All as expected." : "Not all is as expected.");
        return complete && same && untouched;
    }

    private int highValue(String customer) {
        return analytics
                .get("/analytics/high-value?customerId=" + customer)
                .get("items")
                .size();
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (true) {
            try {
                if (condition.getAsBoolean() || System.nanoTime() > deadline) {
                    return;
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
