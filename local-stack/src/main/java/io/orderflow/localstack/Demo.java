package io.orderflow.localstack;

import io.orderflow.servers.MailServer;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import tools.jackson.databind.JsonNode;

/**
 * {@code ./orderflow demo}: places a handful of orders with a stack that runs, on this machine or in Docker, and tells
 * each one's way. Ends with 1 if one of them does not end as it should.
 */
public final class Demo {

    static final String SKU = "MUG-RABBIT";

    private static final String RARE = "LAST-ONE";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Set<String> FINAL = Set.of("SHIPPED", "REJECTED", "CANCELLED");

    /** What the last mail about an order says, by its final status. */
    private static final Map<String, String> LAST_MAIL =
            Map.of("SHIPPED", "on its way", "REJECTED", "cannot fulfil", "CANCELLED", "is cancelled");

    private final Shop shop;
    private final String run = Integer.toString(ThreadLocalRandom.current().nextInt(100_000, 1_000_000));
    private boolean asExpected = true;

    private Demo(Shop shop) {
        this.shop = shop;
    }

    public static void main(String[] arguments) {
        try {
            int offset = portOffset(new CommandLine(arguments));
            Demo demo = new Demo(new Shop(
                    service(Service.ORDER, offset),
                    service(Service.INVENTORY, offset),
                    service(Service.SHIPPING, offset),
                    mails(offset)));
            demo.run();
            System.exit(demo.asExpected ? 0 : 1);
        } catch (StackException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    private static int portOffset(CommandLine line) {
        int offset = 0;
        while (!line.isEmpty()) {
            String option = line.next();
            if (!option.equals("--port-offset")) {
                throw new StackException("'" + option + "' is no option of demo: there is --port-offset <n>.");
            }
            offset = line.number(option);
        }
        return offset;
    }

    private void run() {
        String standard = order("standard", SKU, 1);
        String express = order("express", "STICKER-SET", 3);
        String tooMany = order("standard", RARE, 2);
        String regretted = order("standard", SKU, 1);
        shop.cancel(regretted);
        String reconsidered = order("standard", SKU, 1);
        shop.awaitStatus(reconsidered, status -> !status.equals("PENDING"), PATIENCE);
        shop.cancel(reconsidered);

        tell("A standard order", standard, "SHIPPED");
        tell("An express order", express, "SHIPPED");
        tell("More than there is in stock", tooMany, "REJECTED");
        tell("Cancelled at once", regretted, "CANCELLED");
        tell("Cancelled when all was reserved", reconsidered, "CANCELLED");
        System.out.println(asExpected ? "All as expected." : "Not all is as expected.");
    }

    private String order(String priority, String sku, int quantity) {
        return shop.place("demo-" + run, priority, sku, quantity);
    }

    private void tell(String title, String id, String expected) {
        shop.awaitStatus(id, FINAL::contains, PATIENCE);
        boolean mailed = shop.awaitMail(id, LAST_MAIL.get(expected), PATIENCE);
        String status = shop.status(id);
        System.out.printf("%s: %s%n", title, status);
        tellWay(shop.timeline(id));
        shop.shipments(id)
                .forEach(shipment -> System.out.printf(
                        "    shipment   %s%n", shipment.get("status").asString()));
        List<String> mails = shop.mailsAbout(id);
        mails.forEach(subject -> System.out.printf("    mail       %s%n", subject));
        if (!status.equals(expected)) {
            complain("This order should be " + expected + ".");
        }
        if (!mailed) {
            complain("There should be a mail that says '" + LAST_MAIL.get(expected) + "'.");
        }
        System.out.println();
    }

    private static void tellWay(List<JsonNode> timeline) {
        Instant start = Instant.parse(timeline.get(0).get("at").asString());
        for (JsonNode entry : timeline) {
            Duration after =
                    Duration.between(start, Instant.parse(entry.get("at").asString()));
            System.out.printf(
                    "    %6d ms  %-10s %s%s%n",
                    after.toMillis(),
                    entry.get("status").asString(),
                    entry.get("what").asString(),
                    entry.hasNonNull("eventType")
                            ? " (" + entry.get("eventType").asString() + ")"
                            : "");
        }
    }

    private void complain(String sentence) {
        asExpected = false;
        System.out.println("  ! " + sentence);
    }

    private static URI service(Service service, int offset) {
        return service.usualAddress(System.getenv(), offset);
    }

    private static URI mails(int offset) {
        int port = PortPlan.usual(System.getenv(), offset).port("MAIL_PORT", MailServer.HTTP_PORT);
        return Service.address(System.getenv(), "MAIL_URL", port).resolve("/api/v1/messages");
    }
}
