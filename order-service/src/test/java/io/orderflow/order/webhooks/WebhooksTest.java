package io.orderflow.order.webhooks;

import static io.orderflow.order.Api.item;
import static io.orderflow.order.Api.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.standardwebhooks.Webhook;
import io.orderflow.events.OrderCreated;
import io.orderflow.order.Api.Response;
import io.orderflow.order.RunningOrderService;
import io.orderflow.order.domain.WebhookDeliveries;
import io.orderflow.order.domain.WebhookEvent;
import io.orderflow.order.domain.Webhooks;
import io.orderflow.order.usecases.DeliverWebhook;
import io.orderflow.order.usecases.DeliverWebhook.Outcome;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

class WebhooksTest extends RunningOrderService {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Autowired
    private Webhooks webhooks;

    @Autowired
    private WebhookDeliveries deliveries;

    @Autowired
    private DeliverWebhook deliverWebhook;

    @AfterEach
    void deleteWebhooks() {
        jdbc.sql("delete from webhook").update();
    }

    @Test
    void anEventOfAnOrderArrivesAtTheExampleWhichRecognisesADuplicate() throws IOException {
        int port = freePort();
        JsonNode webhook = register("http://localhost:" + port + "/", OrderCreated.TYPE);
        String id = webhook.get("id").stringValue();
        Process receiver = example(port, webhook.get("secret").stringValue());
        try (BufferedReader output = receiver.inputReader()) {
            assertThat(output.readLine()).isEqualTo("Listening on port " + port);
            String order = place();

            assertThat(output.readLine())
                    .startsWith("Received ")
                    .contains(order, "\"type\":\"" + OrderCreated.TYPE + "\"");
            JsonNode delivery = awaitStatus(id, "DELIVERED");
            assertThat(delivery.get("attempts").findValues("status"))
                    .extracting(JsonNode::asString)
                    .contains("204");

            redeliver(id, delivery);
            assertThat(output.readLine())
                    .startsWith("Duplicate " + delivery.get("id").stringValue());
        } finally {
            receiver.destroyForcibly().onExit().join();
        }
    }

    @Test
    void theReferenceLibraryVerifiesADeliveryWithTheOldAndTheNewSecret() throws Exception {
        try (Endpoint endpoint = new Endpoint()) {
            JsonNode webhook = register(endpoint.url(), OrderCreated.TYPE);
            String id = webhook.get("id").stringValue();
            JsonNode rotated = api.post("/webhooks/" + id + "/secret", "").json();
            assertThat(rotated.get("secret")).isNotEqualTo(webhook.get("secret"));
            assertThat(rotated.get("previousSecretUntil").stringValue()).isNotBlank();

            Response test = api.post("/webhooks/" + id + "/test", "");
            assertThat(test.status()).isEqualTo(202);
            assertThat(test.header("Location"))
                    .endsWith("/webhooks/" + id + "/deliveries/"
                            + test.json().get("id").stringValue());

            awaitStatus(id, "DELIVERED");
            Endpoint.Received received = endpoint.received().get(0);
            for (JsonNode each : List.of(webhook, rotated)) {
                new Webhook(each.get("secret").stringValue())
                        .verify(
                                received.body(),
                                Map.of(
                                        "webhook-id", List.of(received.id()),
                                        "webhook-timestamp", List.of(received.timestamp()),
                                        "webhook-signature", List.of(received.signature())));
            }
        }
    }

    @Test
    void aFailingEndpointGetsAllAttemptsAndAnotherRoundByRedelivery() throws IOException {
        try (Endpoint endpoint = new Endpoint().answering(500)) {
            String id = register(endpoint.url(), OrderCreated.TYPE).get("id").stringValue();
            api.post("/webhooks/" + id + "/test", "");

            JsonNode failed = awaitStatus(id, "FAILED");
            assertThat(failed.get("attempts").findValues("status"))
                    .extracting(JsonNode::intValue)
                    .containsExactly(500, 500, 500);
            assertThat(failed.at("/attempts/0/answer").stringValue()).isEqualTo("status 500");

            endpoint.answering(204);
            assertThat(redeliver(id, failed).status()).isEqualTo(202);

            assertThat(awaitStatus(id, "DELIVERED").get("attempts").size()).isEqualTo(4);
            assertThat(endpoint.received())
                    .extracting(Endpoint.Received::id)
                    .containsOnly(failed.get("id").stringValue());
        }
    }

    @Test
    void anEndpointThatIsGoneIsDisabled() throws IOException {
        try (Endpoint endpoint = new Endpoint().answering(410)) {
            String id = register(endpoint.url(), OrderCreated.TYPE).get("id").stringValue();
            api.post("/webhooks/" + id + "/test", "");

            JsonNode failed = awaitStatus(id, "FAILED");

            assertThat(failed.get("attempts").size()).isEqualTo(1);
            assertThat(api.get("/webhooks/" + id).json().get("disabledBecause").stringValue())
                    .contains("410");
            assertThat(api.post("/webhooks/" + id + "/test", "").status()).isEqualTo(409);
            assertThat(redeliver(id, failed).status()).isEqualTo(409);
        }
    }

    /** As when another delivery disables the webhook while this one is being stored. */
    @Test
    void aPendingDeliveryOfADisabledWebhookIsCancelledWithoutAnAttempt() throws Exception {
        try (Endpoint endpoint = new Endpoint()) {
            String id = register(endpoint.url(), OrderCreated.TYPE).get("id").stringValue();
            UUID webhook = UUID.fromString(id);
            UUID delivery = UUID.randomUUID();
            Instant now = Instant.now();
            deliveries.add(delivery, webhook, WebhookEvent.test(webhook, now), now);
            webhooks.disable(webhook, "gone");

            assertThat(deliverWebhook.deliver(delivery, 1, false)).isEqualTo(new Outcome.Done());

            assertThat(awaitStatus(id, "CANCELLED").get("attempts")).isEmpty();
            assertThat(endpoint.received()).isEmpty();
        }
    }

    /** The second update waits for the first. */
    @Test
    void rotationsAtTheSameTimeLoseNoSecretThatWasReturned() throws Exception {
        String id = register("https://example.org/hook", OrderCreated.TYPE)
                .get("id")
                .stringValue();
        Callable<String> rotation = () ->
                api.post("/webhooks/" + id + "/secret", "").json().get("secret").stringValue();
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            for (int i = 0; i < 20; i++) {
                List<String> returned = new ArrayList<>();
                for (Future<String> each : threads.invokeAll(List.of(rotation, rotation))) {
                    returned.add(each.get());
                }
                assertThat(webhooks.find(UUID.fromString(id))
                                .orElseThrow()
                                .secrets()
                                .validAt(Instant.now()))
                        .containsExactlyInAnyOrderElementsOf(returned);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** Enough deliveries to occupy all workers several times. */
    @Test
    void anEndpointThatDoesNotAnswerDelaysNoOther() throws IOException {
        try (Endpoint slow = new Endpoint().answering(0);
                Endpoint other = new Endpoint()) {
            String slowId = register(slow.url(), OrderCreated.TYPE).get("id").stringValue();
            for (int i = 0; i < 16; i++) {
                api.post("/webhooks/" + slowId + "/test", "");
            }
            String otherId = register(other.url(), OrderCreated.TYPE).get("id").stringValue();
            api.post("/webhooks/" + otherId + "/test", "");

            awaitStatus(otherId, "DELIVERED");

            assertThat(deliveries(slowId).findValues("attempts"))
                    .as("deliveries to the slow endpoint that were not attempted yet")
                    .anyMatch(JsonNode::isEmpty);
        }
    }

    @Test
    void deliveriesAreReadPageByPage() throws IOException {
        try (Endpoint endpoint = new Endpoint()) {
            String id = register(endpoint.url(), OrderCreated.TYPE).get("id").stringValue();
            for (int i = 0; i < 3; i++) {
                api.post("/webhooks/" + id + "/test", "");
            }
            JsonNode first = api.get("/webhooks/" + id + "/deliveries?limit=2").json();
            JsonNode second = api.get("/webhooks/" + id + "/deliveries?limit=2&after="
                            + first.get("next").stringValue())
                    .json();

            assertThat(first.get("items").size()).isEqualTo(2);
            assertThat(second.get("items").size()).isEqualTo(1);
            assertThat(second.hasNonNull("next")).isFalse();
            assertThat(first.get("items").findValuesAsString("id"))
                    .doesNotContainAnyElementsOf(second.get("items").findValuesAsString("id"));
        }
    }

    @Test
    void aWebhookIsShownWithoutItsSecretAndDeleted() {
        Response registered = api.post("/webhooks", request("https://example.org/hook", OrderCreated.TYPE));
        assertThat(registered.status()).isEqualTo(201);
        String secret = registered.json().get("secret").stringValue();
        assertThat(secret).matches("whsec_[A-Za-z0-9+/]{43}=");
        String path = "/webhooks/" + registered.json().get("id").stringValue();
        assertThat(registered.header("Location")).endsWith(path);

        assertThat(api.get(path).body()).contains("https://example.org/hook").doesNotContain(secret);
        assertThat(api.get("/webhooks").json().get("items").size()).isEqualTo(1);

        assertThat(api.send(api.request(path).DELETE()).status()).isEqualTo(204);
        assertThat(api.send(api.request(path).DELETE()).status()).isEqualTo(404);
        assertThat(api.get(path).status()).isEqualTo(404);
        assertThat(api.get(path + "/deliveries").status()).isEqualTo(404);
        assertThat(api.get(path + "/deliveries/" + UUID.randomUUID()).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ftp://example.org | order.created.v1 | url",
                "http://10.0.0.1/ | order.created.v1 | url",
                "no url at all | order.created.v1 | url",
                "http://user:password@example.org | order.created.v1 | url",
                "https://example.org | order.created | eventTypes[0]"
            })
    void anInvalidFieldIsNamedAndNothingIsStored(String url, String type, String field) {
        Response response = api.post("/webhooks", request(url, type));

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.json().get("type").stringValue()).endsWith("#invalid-request");
        assertThat(response.json().at("/errors/0/field").stringValue()).isEqualTo(field);
        assertThat(rows("webhook")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"url\": \"https://example.org\", \"eventTypes\": []}", "[]", ""})
    void anIncompleteRequestIsRefused(String body) {
        assertThat(api.post("/webhooks", body).status()).isEqualTo(400);
        assertThat(rows("webhook")).isZero();
    }

    private JsonNode register(String url, String type) {
        Response response = api.post("/webhooks", request(url, type));
        assertThat(response.status()).as(response.body()).isEqualTo(201);
        return response.json();
    }

    private static String request(String url, String type) {
        return "{\"url\": \"%s\", \"eventTypes\": [\"%s\"]}".formatted(url, type);
    }

    private String place() {
        return api.post("/orders", order("ada", item("MUG-RABBIT", 1)))
                .json()
                .get("id")
                .stringValue();
    }

    private Response redeliver(String webhookId, JsonNode delivery) {
        return api.post(
                "/webhooks/" + webhookId + "/deliveries/" + delivery.get("id").stringValue() + "/redelivery", "");
    }

    private JsonNode deliveries(String webhookId) {
        return api.get("/webhooks/" + webhookId + "/deliveries?limit=100")
                .json()
                .get("items");
    }

    /** Waits until the latest delivery has this status, and returns it. */
    private JsonNode awaitStatus(String webhookId, String status) {
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(deliveries(webhookId).at("/0/status").asString(""))
                                .isEqualTo(status));
        return deliveries(webhookId).get(0);
    }

    private static Process example(int port, String secret) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "../examples/webhook-receiver/WebhookReceiver.java",
                        Integer.toString(port),
                        secret)
                .redirectErrorStream(true)
                .start();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
