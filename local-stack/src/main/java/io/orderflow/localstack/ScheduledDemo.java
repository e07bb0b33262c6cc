package io.orderflow.localstack;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * {@code ./orderflow demo scheduled}: more orders are placed than shipping-service can ship in the time after which customers
 * are reminded. Each order's reminder is scheduled; those of the first orders are cancelled, those of the last ones are mailed.
 *
 * @param operator the API of order-service on its management port, with the operator's credentials
 */
record ScheduledDemo(Shop shop, ServiceClient operator, PrintStream out) {

    /** Of {@code orders.shipping-reminder.after}, as {@code ./orderflow up} sets it. */
    static final String REMINDER_AFTER = "5s";

    private static final int ORDERS = 36;
    private static final Duration TIMEOUT = Duration.ofSeconds(120);
    private static final String REMINDER = "takes longer";

    /** Returns whether all is as expected. */
    boolean run() {
        String customer = "demo-" + ThreadLocalRandom.current().nextInt(100_000, 1_000_000);
        List<String> orders = Stream.generate(() -> shop.place(customer, "standard", "STICKER-SET", 1))
                .limit(ORDERS)
                .toList();
        String last = orders.get(ORDERS - 1);
        shop.awaitStatus(last, status -> !status.equals("PENDING"), TIMEOUT);
        out.printf("Placed %d orders; scheduled reminders (GET /outbox/scheduled of order-service):%n", ORDERS);
        JsonNode page = scheduled("?size=5");
        page.get("items")
                .forEach(each -> out.printf(
                        "    %s  due %s%n",
                        each.get("name").asString(), each.get("due").asString()));
        out.printf("    in all %d%n", page.get("total").asLong());

        boolean shipped = orders.stream().allMatch(id -> shop.awaitStatus(id, "SHIPPED"::equals, TIMEOUT));
        boolean mailed = Shop.await(() -> reminded(orders) > 0, TIMEOUT);
        long reminded = reminded(orders);
        boolean cancelled = scheduled("?size=100")
                .get("items")
                .valueStream()
                .noneMatch(each -> orders.contains(each.path("key").asString("")));
        out.printf(
                "All orders are shipped; %d customers had a reminder, %d were cancelled.%n",
                reminded, ORDERS - reminded);
        boolean asExpected = shipped && mailed && cancelled && reminded < ORDERS;
        out.println(asExpected ? "All as expected." : "Not all is as expected.");
        return asExpected;
    }

    private JsonNode scheduled(String query) {
        return operator.get("/outbox/scheduled" + query);
    }

    private long reminded(List<String> orders) {
        List<String> reminders = shop.mailsAbout(REMINDER);
        return orders.stream()
                .filter(id -> reminders.stream().anyMatch(subject -> subject.contains(id)))
                .count();
    }
}
