package io.orderflow.messaging.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderflow.messaging.Headers;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageBroker;
import io.orderflow.messaging.Topic;
import io.orderflow.messaging.deadletters.DeadLetterFilter;
import io.orderflow.messaging.deadletters.DeadLetters;
import io.orderflow.messaging.events.EventSubscription;
import io.orderflow.messaging.memory.MemoryBroker;
import io.orderflow.messaging.operations.ForeignApplication.Response;
import io.orderflow.servers.PostgresServer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** An operator pauses a subscription, in all instances of an application and over a restart. */
class SubscriptionApiTest {

    private static final String PAUSE = "/subscriptions/orders/stock/pause";
    private static final String RESUME = "/subscriptions/orders/stock/resume";

    private static final MessageBroker BROKER = new MemoryBroker();
    private static final String DATABASE = PostgresServer.find().createFreshDatabase("subscriptions");
    private static final ForeignApplication ONE = start();

    @AfterAll
    static void stop() {
        ONE.close();
    }

    @Test
    void a_pause_is_valid_for_all_instances_and_kept_over_a_restart() {
        try (ForeignApplication other = start()) {
            Response paused = ONE.post(PAUSE);
            assertThat(paused.status()).isEqualTo(200);
            assertThat(paused.json().at("/pause/reason").asString()).isEqualTo("OPERATOR");
            assertThat(paused.json().at("/pause/description").asString()).startsWith("paused by anonymous since ");
            await().untilAsserted(() -> assertThat(isPaused(other)).isTrue());
        }
        try (ForeignApplication restarted = start()) {
            assertThat(isPaused(restarted)).isTrue();
            send();
            JsonNode health = restarted.get("/actuator/health").json();
            assertThat(health.at("/status").asString()).isEqualTo("UP");
            assertThat(health.at("/components/messaging/details/pausedByOperator/0")
                            .asString())
                    .startsWith("stock on orders: paused by anonymous");
            assertThat(backlog()).isEqualTo(1);
            assertThat(deadLetters()).isZero();

            assertThat(restarted.post(RESUME).json().get("pause").isNull()).isTrue();
            await().untilAsserted(() -> assertThat(isPaused(ONE)).isFalse());
            await().untilAsserted(() -> assertThat(deadLetters()).isEqualTo(1));
        }
    }

    @Test
    void repeating_a_request_changes_nothing() {
        String first = ONE.post(PAUSE).json().at("/pause/description").asString();

        assertThat(ONE.post(PAUSE).json().at("/pause/description").asString()).isEqualTo(first);
        assertThat(ONE.post(RESUME).status()).isEqualTo(200);
        assertThat(ONE.post(RESUME).status()).isEqualTo(200);
    }

    @Test
    void an_unknown_subscription_or_one_of_broadcasts_is_not_paused() {
        ONE.post("/subscriptions/orders/printing/pause").assertProblem(404, "not-found");
        ONE.post("/subscriptions/news/every-instance/pause").assertProblem(409, "subscription-not-pausable");
    }

    private static ForeignApplication start() {
        return new ForeignApplication(
                Map.of(
                        "broker",
                        BROKER,
                        "news",
                        EventSubscription.broadcasts("news").on(String.class, "news.v1", (news, context) -> {})),
                "spring.datasource.url=" + DATABASE,
                "messaging.topics.news.broadcast=true",
                "messaging.topics.orders.groups=stock",
                "management.endpoint.health.show-details=always");
    }

    private static boolean isPaused(ForeignApplication application) {
        return application
                .get("/subscriptions")
                .json()
                .get("items")
                .valueStream()
                .filter(each -> each.get("group").asString().equals("stock"))
                .anyMatch(each -> !each.get("pause").isNull());
    }

    private static void send() {
        byte[] json = "{\"order_id\":\"1\"}".getBytes(StandardCharsets.UTF_8);
        Map<String, String> headers = Map.of(Headers.ID, UUID.randomUUID().toString());
        BROKER.producer().send(Topic.named("orders"), new Message<>("key", json, headers, Instant.EPOCH));
    }

    private static long backlog() {
        return ONE.get("/groups").json().at("/items/0/messages").asLong();
    }

    private static long deadLetters() {
        return ONE.bean(DeadLetters.class).count(DeadLetterFilter.all());
    }
}
