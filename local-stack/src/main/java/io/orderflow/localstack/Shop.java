package io.orderflow.localstack;

import io.orderflow.servers.MailServer;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The system as its clients see it: the services' HTTP APIs and the mails that are received. */
public final class Shop {

    private static final long POLL_NANOS = 20_000_000;

    private final ServiceClient orders;
    private final ServiceClient inventory;
    private final ServiceClient shipping;
    private final ServiceClient mails;

    /** The services at these addresses, without authentication. */
    public Shop(URI orders, URI inventory, URI shipping, URI mails) {
        this(orders, inventory, shipping, mails, null);
    }

    Shop(URI orders, URI inventory, URI shipping, URI mails, @Nullable Credentials credentials) {
        this.orders = new ServiceClient("order-service", orders, credentials);
        this.inventory = new ServiceClient("inventory-service", inventory, credentials);
        this.shipping = new ServiceClient("shipping-service", shipping, credentials);
        this.mails = new ServiceClient("the mail server", mails, null);
    }

    /** The services of the stack that runs with this environment and port offset, on this machine or in Docker. */
    static Shop usual(Map<String, String> environment, int offset) {
        int mailPort = PortPlan.usual(environment, offset).port("MAIL_PORT", MailServer.HTTP_PORT);
        return new Shop(
                Service.ORDER.usualAddress(environment, offset),
                Service.INVENTORY.usualAddress(environment, offset),
                Service.SHIPPING.usualAddress(environment, offset),
                Service.address(environment, "MAIL_URL", mailPort).resolve("/api/v1/messages"),
                TokenKey.demo());
    }

    /** The services of a stack. */
    public static Shop of(LocalStack stack) {
        return new Shop(
                stack.service(Service.ORDER).address(),
                stack.service(Service.INVENTORY).address(),
                stack.service(Service.SHIPPING).address(),
                stack.mails());
    }

    /** Places an order of one line and returns its id. */
    public String place(String customer, String priority, String sku, int quantity) {
        return place(customer, sku, quantity, "priority", priority);
    }

    /** The same with a purchase order, which is attached to the confirmation. */
    public String place(String customer, String sku, String purchaseOrder) {
        return place(customer, sku, 1, "purchaseOrder", purchaseOrder);
    }

    private String place(String customer, String sku, int quantity, String field, String value) {
        return orders.post(
                        "/orders",
                        Map.of(
                                "customerId",
                                customer,
                                "email",
                                customer + "@example.org",
                                "items",
                                List.of(Map.of("sku", sku, "quantity", quantity)),
                                field,
                                value))
                .get("id")
                .asString();
    }

    /** Asks what shipping would cost. */
    public JsonNode quote(String priority, int articles) {
        return orders.post("/shipping-quotes", Map.of("priority", priority, "articles", articles));
    }

    /** Requests the cancellation of an order. */
    public void cancel(String id) {
        orders.post("/orders/" + id + "/cancellation");
    }

    /** The ids of the orders that were placed last, the latest first. */
    List<String> latest(int number) {
        return items(orders.get("/orders?size=" + number)).stream()
                .map(order -> order.get("id").asString())
                .toList();
    }

    public JsonNode order(String id) {
        return orders.get("/orders/" + id);
    }

    public String status(String id) {
        return order(id).get("status").asString();
    }

    public List<JsonNode> timeline(String id) {
        return items(orders.get("/orders/" + id + "/timeline"));
    }

    public JsonNode stock(String sku) {
        return inventory.get("/stock/" + sku);
    }

    /** The shipments of an order. */
    public List<JsonNode> shipments(String id) {
        return items(shipping.get("/shipments?orderId=" + id));
    }

    /** The subjects with these words or this order id, in no order. */
    public List<String> mailsAbout(String words) {
        return mails.get("messages")
                .get("messages")
                .valueStream()
                .map(mail -> mail.get("Subject").asString())
                .filter(subject -> subject.contains(words))
                .toList();
    }

    /** The number of bytes of the largest mail about an order, with its attachments; 0 if there is none. */
    public long largestMailAbout(String id) {
        return mails.get("messages")
                .get("messages")
                .valueStream()
                .filter(mail -> mail.get("Subject").asString().contains(id))
                .mapToLong(mail -> mail.get("Size").asLong())
                .max()
                .orElse(0);
    }

    /** Waits until the order's status matches; returns whether it did before the timeout. */
    public boolean awaitStatus(String id, Predicate<String> wanted, Duration timeout) {
        return await(() -> wanted.test(status(id)), timeout);
    }

    /** Waits for a mail about the order with these words in its subject; returns whether one was received before the timeout. */
    public boolean awaitMail(String id, String words, Duration timeout) {
        return await(() -> mailsAbout(id).stream().anyMatch(subject -> subject.contains(words)), timeout);
    }

    static boolean await(BooleanSupplier condition, Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        return true;
    }

    private static List<JsonNode> items(JsonNode page) {
        return page.get("items").valueStream().toList();
    }
}
