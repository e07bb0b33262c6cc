package io.orderflow.messaging.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderflow.messaging.Message;
import io.orderflow.messaging.outbox.Outbox;
import io.orderflow.messaging.outbox.Schedule;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

class OutboxApiTest {

    private static ForeignApplication application;

    @BeforeAll
    static void start() {
        application = new ForeignApplication();
    }

    @AfterEach
    void empty() {
        application.jdbc().sql("delete from messaging_outbox").update();
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @Test
    void parked_rows_are_listed_released_and_deleted() {
        park("1", "2", "3");
        JsonNode page = get("?size=2").json();
        assertThat(page.get("total").asInt()).isEqualTo(3);
        assertThat(page.get("items")).hasSize(2);
        JsonNode first = page.get("items").get(0);
        assertThat(first.get("topic").asString()).isEqualTo("orders");
        assertThat(first.get("key").asString()).isEqualTo("a");
        assertThat(first.get("reason").asString()).isEqualTo("refused");
        assertThat(first.get("messageId").asString()).isNotBlank();
        String id = first.get("id").asString();
        String last = get("?size=1&page=2").json().at("/items/0/id").asString();

        assertThat(post("/" + last + "/delete").json().get("id").asString()).isEqualTo(last);
        assertThat(post("/" + id + "/release").json().get("released").asBoolean())
                .isTrue();

        await().until(() -> get("").json().get("total").asInt() == 0);
        assertThat(post("/" + last + "/delete").status()).isEqualTo(404);
        assertThat(post("/" + id + "/release").json().get("detail").asString()).contains("No row " + id + " is parked");
    }

    @Test
    void scheduled_messages_are_listed_and_cancelled() {
        Instant due = Instant.now().plusSeconds(3600).truncatedTo(ChronoUnit.MILLIS);
        schedule("b", due);
        schedule("a", due.minusSeconds(1));
        JsonNode page = application.get("/outbox/scheduled?size=1").json();
        assertThat(page.get("total").asInt()).isEqualTo(2);
        JsonNode first = page.get("items").get(0);
        assertThat(first.get("name").asString()).isEqualTo("a");
        assertThat(first.get("topic").asString()).isEqualTo("orders");
        assertThat(first.get("due").asString()).isEqualTo(due.minusSeconds(1).toString());
        String cancel = "/outbox/scheduled/" + first.get("id").asString() + "/cancel";

        assertThat(application.post(cancel).json().get("name").asString()).isEqualTo("a");

        assertThat(application
                        .get("/outbox/scheduled")
                        .json()
                        .at("/items/0/name")
                        .asString())
                .isEqualTo("b");
        application.post(cancel).assertProblem(404, "not-found");
    }

    private static void schedule(String name, Instant due) {
        Message<String, byte[]> message = new Message<>("a", new byte[0], Map.of(), Instant.EPOCH);
        inTransaction(() -> application.bean(Outbox.class).schedule(new Schedule(name, due), "orders", message));
    }

    private static void inTransaction(Runnable work) {
        new TransactionTemplate(application.bean(PlatformTransactionManager.class))
                .executeWithoutResult(status -> work.run());
    }

    /** As the relay does when the broker rejects them, which the broker in memory never does. */
    private static void park(String... payloads) {
        inTransaction(() -> {
            for (String payload : payloads) {
                byte[] value = payload.getBytes(StandardCharsets.UTF_8);
                Message<String, byte[]> message = new Message<>("a", value, Map.of(), Instant.EPOCH);
                application
                        .bean(Outbox.class)
                        .addNotBefore(Instant.now().plusSeconds(3600), "orders", List.of(message));
            }
        });
        application
                .jdbc()
                .sql("update messaging_outbox set not_before = null, parked_at = now(), parked_reason = 'refused'")
                .update();
    }

    private static ForeignApplication.Response get(String path) {
        return application.get("/outbox/parked" + path);
    }

    private static ForeignApplication.Response post(String path) {
        return application.post("/outbox/parked" + path);
    }
}
