package io.orderflow.localstack;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The system as a client sees it: by HTTP, and by the mails that arrive. */
public final class Shop {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration REQUEST = Duration.ofSeconds(10);
    private static final long BREATH_NANOS = 20_000_000;

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI orders;
    private final URI inventory;
    private final URI shipping;
    private final URI mails;

    public Shop(URI orders, URI inventory, URI shipping, URI mails) {
        this.orders = orders;
        this.inventory = inventory;
        this.shipping = shipping;
        this.mails = mails;
    }

    /** The shop that a stack runs. */
    public static Shop of(LocalStack stack) {
        return new Shop(
                stack.service(Service.ORDER).address(),
                stack.service(Service.INVENTORY).address(),
                stack.service(Service.SHIPPING).address(),
                stack.mails());
    }

    /** Places an order of one line and answers its id. */
    public String place(String customer, String priority, String sku, int quantity) {
        Map<String, Object> order = Map.of(
                "customerId",
                customer,
                "email",
                customer + "@example.org",
                "priority",
                priority,
                "items",
                List.of(Map.of("sku", sku, "quantity", quantity)));
        return accepted(HttpRequest.newBuilder(orders.resolve("/orders"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(order))))
                .get("id")
                .asString();
    }

    /** Asks for a cancellation. */
    public void cancel(String id) {
        accepted(HttpRequest.newBuilder(orders.resolve("/orders/" + id + "/cancellation"))
                .POST(HttpRequest.BodyPublishers.noBody()));
    }

    public JsonNode order(String id) {
        return get(orders.resolve("/orders/" + id));
    }

    public String status(String id) {
        return order(id).get("status").asString();
    }

    public List<JsonNode> timeline(String id) {
        return elements(get(orders.resolve("/orders/" + id + "/timeline")).get("items"));
    }

    public JsonNode stock(String sku) {
        return get(inventory.resolve("/stock/" + sku));
    }

    /** The shipments of an order: one, if all is well. */
    public List<JsonNode> shipments(String id) {
        return elements(get(shipping.resolve("/shipments?orderId=" + id)).get("items"));
    }

    /** The subjects of the mails that arrived about an order, in no order. */
    public List<String> mailsAbout(String id) {
        return elements(get(mails).get("messages")).stream()
                .map(mail -> mail.get("Subject").asString())
                .filter(subject -> subject.contains(id))
                .toList();
    }

    /** Looks again and again until the order's status is as wanted, and answers whether it was within the time. */
    public boolean awaitStatus(String id, Predicate<String> wanted, Duration patience) {
        return await(() -> wanted.test(status(id)), patience);
    }

    /** Waits until a mail with these words in its subject arrived about the order; answers whether it did. */
    public boolean awaitMail(String id, String words, Duration patience) {
        return await(() -> mailsAbout(id).stream().anyMatch(subject -> subject.contains(words)), patience);
    }

    private static boolean await(BooleanSupplier condition, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            LockSupport.parkNanos(BREATH_NANOS);
        }
        return true;
    }

    private JsonNode accepted(HttpRequest.Builder request) {
        return answer(request, 202);
    }

    private JsonNode get(URI uri) {
        return answer(HttpRequest.newBuilder(uri), 200);
    }

    private JsonNode answer(HttpRequest.Builder builder, int expected) {
        HttpRequest request = builder.timeout(REQUEST).build();
        try {
            HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            if (response.statusCode() != expected) {
                throw new StackException(request.method() + " " + request.uri() + " was answered with "
                        + response.statusCode() + ": " + new String(response.body(), StandardCharsets.UTF_8));
            }
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new StackException(
                    request.uri() + " does not answer (" + e + "). Does the stack run? ./orderflow up starts it.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("interrupted", e);
        }
    }

    private static List<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }
}
