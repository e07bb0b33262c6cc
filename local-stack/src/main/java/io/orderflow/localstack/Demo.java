package io.orderflow.localstack;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * {@code ./orderflow demo}: places some orders on a running stack, on this machine or in Docker, and prints the timeline of
 * each. Ends with 1 if one of them does not end as expected.
 */
public final class Demo {

    static final String SKU = "MUG-RABBIT";

    private static final String USAGE =
            "usage: ./orderflow demo [analytics | broadcast | claim-check | priority | replay | request-reply | routing |"
                    + " scheduled | webhooks | work-queue] [--port-offset N]\n";
    private static final String ANALYTICS = "analytics";
    private static final String BROADCAST = "broadcast";
    private static final String CLAIM_CHECK = "claim-check";
    private static final String PRIORITY = "priority";
    private static final String REPLAY = "replay";
    private static final String REQUEST_REPLY = "request-reply";
    private static final String ROUTING = "routing";
    private static final String SCHEDULED = "scheduled";
    private static final String WEBHOOKS = "webhooks";
    private static final String WORK_QUEUE = "work-queue";
    private static final String RARE = "LAST-ONE";
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final Set<String> FINAL = Set.of("SHIPPED", "REJECTED", "CANCELLED");

    /** Words in the subject of the last mail, by the final status of the order. */
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
            CommandLine line = CommandLine.parse(USAGE, Set.of(), Set.of("port-offset"), arguments);
            String pattern = line.command(
                    "",
                    ANALYTICS,
                    BROADCAST,
                    CLAIM_CHECK,
                    PRIORITY,
                    REPLAY,
                    REQUEST_REPLY,
                    ROUTING,
                    SCHEDULED,
                    WEBHOOKS,
                    WORK_QUEUE);
            System.exit(run(pattern, line.portOffset()) ? 0 : 1);
        } catch (StackException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    private static boolean run(String pattern, int offset) {
        Map<String, String> environment = System.getenv();
        Shop shop = Shop.usual(environment, offset);
        return switch (pattern) {
            case ANALYTICS ->
                new AnalyticsDemo(shop, client(Service.ANALYTICS, offset, TokenKey.demo()), System.out).run();
            case BROADCAST ->
                new BroadcastDemo(
                                client(Service.ORDER, offset, TokenKey.demo()),
                                client(Service.ORDER, offset, Operator.known(environment)),
                                System.out)
                        .run();
            case CLAIM_CHECK -> new ClaimCheckDemo(shop, System.out).run();
            case PRIORITY -> new PriorityDemo(shop, System.out).run();
            case REPLAY ->
                new ReplayDemo(
                                shop,
                                client(Service.ANALYTICS, offset, TokenKey.demo()),
                                OperatorCommand.ports(Replays.parse("list", "--port-offset", "" + offset), environment),
                                System.out)
                        .run();
            case REQUEST_REPLY ->
                new RequestReplyDemo(client(Service.ORDER, offset, TokenKey.demo()), System.out).run();
            case ROUTING -> new RoutingDemo(shop, client(Service.SHIPPING, offset, TokenKey.demo()), System.out).run();
            case SCHEDULED -> new ScheduledDemo(shop, management(Service.ORDER, offset), System.out).run();
            case WEBHOOKS -> new WebhooksDemo(shop, client(Service.ORDER, offset, null), System.out).run();
            case WORK_QUEUE -> new WorkQueueDemo(shop, System.out).run();
            default -> {
                Demo demo = new Demo(shop);
                demo.run();
                yield demo.asExpected;
            }
        };
    }

    private static ServiceClient management(Service service, int offset) {
        Map<String, String> environment = System.getenv();
        return new ServiceClient(
                service.module(), service.usualManagementAddress(environment, offset), Operator.known(environment));
    }

    private static ServiceClient client(Service service, int offset, @Nullable Credentials credentials) {
        return new ServiceClient(service.module(), service.usualAddress(System.getenv(), offset), credentials);
    }

    private void run() {
        String standard = order("standard", SKU, 1);
        String express = order("express", "STICKER-SET", 3);
        String tooMany = order("standard", RARE, 2);
        String cancelledAtOnce = order("standard", SKU, 1);
        shop.cancel(cancelledAtOnce);
        String cancelledLater = order("standard", SKU, 1);
        shop.awaitStatus(cancelledLater, status -> !status.equals("PENDING"), TIMEOUT);
        shop.cancel(cancelledLater);

        print("A standard order", standard, "SHIPPED");
        print("An express order", express, "SHIPPED");
        print("More than there is in stock", tooMany, "REJECTED");
        print("Cancelled at once", cancelledAtOnce, "CANCELLED");
        print("Cancelled after the stock was reserved", cancelledLater, "CANCELLED");
        System.out.println(asExpected ? "All as expected." : "Not all is as expected.");
    }

    private String order(String priority, String sku, int quantity) {
        return shop.place("demo-" + run, priority, sku, quantity);
    }

    private void print(String title, String id, String expected) {
        shop.awaitStatus(id, FINAL::contains, TIMEOUT);
        boolean mailed = shop.awaitMail(id, LAST_MAIL.get(expected), TIMEOUT);
        String status = shop.status(id);
        System.out.printf("%s: %s%n", title, status);
        OrderReport.print(shop, id, System.out);
        check(status.equals(expected), "This order should be " + expected + ".");
        check(mailed, "There should be a mail with '" + LAST_MAIL.get(expected) + "' in its subject.");
        System.out.println();
    }

    private void check(boolean holds, String expectation) {
        if (!holds) {
            asExpected = false;
            System.out.println("  ! " + expectation);
        }
    }
}
