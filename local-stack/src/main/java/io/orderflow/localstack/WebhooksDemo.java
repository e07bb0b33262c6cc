package io.orderflow.localstack;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import tools.jackson.databind.JsonNode;

/**
 * {@code ./orderflow demo webhooks}: registers {@code examples/webhook-receiver}, which verifies what it receives; then the receiver is down
 * while an event is sent, and gets it by a redelivery.
 */
record WebhooksDemo(Shop shop, ServiceClient orders, PrintStream out) {

    private static final String EXAMPLE = "examples/webhook-receiver/WebhookReceiver.java";
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final List<String> TYPES = List.of("order.created.v1", "order.confirmed.v1", "order.shipped.v1");

    /** Returns whether all is as expected. */
    boolean run() {
        int port = freePort();
        JsonNode webhook = register("http://localhost:" + port + "/hook");
        String id = webhook.get("id").asString();
        String secret = webhook.get("secret").asString();
        out.printf("POST /webhooks: registered %s for %s, secret %.12s...%n", id, String.join(", ", TYPES), secret);
        try {
            boolean delivered = placeOrder(port, secret);
            boolean redelivered = failAndRedeliver(id, port, secret);
            boolean asExpected = delivered && redelivered;
            out.println(asExpected ? "All as expected." : "Not all is as expected.");
            return asExpected;
        } catch (IOException e) {
            throw new UncheckedIOException("The receiver cannot be run.", e);
        } finally {
            orders.delete("/webhooks/" + id);
        }
    }

    private JsonNode register(String url) {
        try {
            return orders.post("/webhooks", Map.of("url", url, "eventTypes", TYPES));
        } catch (StackException e) {
            throw new StackException(
                    e.getMessage() + ". This demo's receiver listens on this machine, to which no webhook is sent by"
                            + " default. Start the stack with ORDERS_WEBHOOKS_HTTP_ALLOWLOOPBACK=true ./orderflow up.",
                    e);
        }
    }

    private boolean placeOrder(int port, String secret) throws IOException {
        Process receiver = receiver(port, secret);
        try (BufferedReader output = receiver.inputReader()) {
            print(output);
            String order = shop.place(
                    "demo-" + ThreadLocalRandom.current().nextInt(100_000, 1_000_000), "express", Demo.SKU, 1);
            out.printf("Placed order %s. The receiver prints what has a valid signature:%n", order);
            boolean valid = true;
            for (int i = 0; i < TYPES.size(); i++) {
                valid &= print(output).startsWith("Received ");
            }
            return valid;
        } finally {
            receiver.destroyForcibly().onExit().join();
        }
    }

    private boolean failAndRedeliver(String id, int port, String secret) throws IOException {
        String delivery = "/webhooks/" + id + "/deliveries/"
                + orders.post("/webhooks/" + id + "/test").get("id").asString();
        out.println("Stopped the receiver; POST /webhooks/{id}/test. GET /webhooks/{id}/deliveries:");
        boolean failed = Shop.await(() -> !attempts(delivery).isEmpty(), TIMEOUT);
        attempts(delivery)
                .forEach(each -> out.printf(
                        "    attempt failed: %s%n", each.get("answer").asString()));
        Process receiver = receiver(port, secret);
        try (BufferedReader output = receiver.inputReader()) {
            print(output);
            orders.post(delivery + "/redelivery");
            out.println("Started it again; POST /webhooks/{id}/deliveries/{deliveryId}/redelivery:");
            boolean received = print(output).startsWith("Received ");
            return failed
                    && received
                    && Shop.await(
                            () -> orders.get(delivery).get("status").asString().equals("DELIVERED"), TIMEOUT);
        } finally {
            receiver.destroyForcibly().onExit().join();
        }
    }

    private List<JsonNode> attempts(String delivery) {
        return orders.get(delivery).get("attempts").valueStream().toList();
    }

    private String print(BufferedReader output) throws IOException {
        String line = String.valueOf(output.readLine());
        out.println("    " + line);
        return line;
    }

    private static Process receiver(int port, String secret) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        EXAMPLE,
                        Integer.toString(port),
                        secret)
                .redirectErrorStream(true)
                .start();
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("There is no free port.", e);
        }
    }
}
