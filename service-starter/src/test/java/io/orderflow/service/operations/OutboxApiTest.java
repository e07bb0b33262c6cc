package io.orderflow.service.operations;

import static io.orderflow.service.operations.RunningApplication.OPERATOR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderflow.messaging.Message;
import io.orderflow.messaging.outbox.Outbox;
import io.orderflow.service.operations.RunningApplication.Response;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

class OutboxApiTest {

    private static RunningApplication service;

    @BeforeAll
    static void start() {
        service = new RunningApplication("management.server.port=0", "orderflow.operator.password=a good password");
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void parked_rows_are_listed_released_and_deleted_by_an_operator() {
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
        Response released = post("/" + id + "/release");
        assertThat(released.status()).isEqualTo(404);
        assertThat(released.json().get("detail").asString()).contains("No row " + id + " is parked");
    }

    @Test
    void nobody_but_an_operator_may() {
        assertThat(service.get("/outbox/parked", null).status()).isEqualTo(401);
        assertThat(service.post("/outbox/parked/1/delete", "operator:wrong", null)
                        .status())
                .isEqualTo(401);
        assertThat(service.onPublicPort("/outbox/parked").status()).isEqualTo(404);
    }

    @Test
    void what_is_asked_wrongly_is_refused() {
        assertThat(get("?size=1000").status()).isEqualTo(400);
        assertThat(post("/x/delete").status()).isEqualTo(400);
    }

    /** As the relay does when the broker refuses them; the one in memory never does. */
    private static void park(String... payloads) {
        new TransactionTemplate(service.context.getBean(PlatformTransactionManager.class))
                .executeWithoutResult(status -> {
                    for (String payload : payloads) {
                        byte[] value = payload.getBytes(StandardCharsets.UTF_8);
                        Message<String, byte[]> message = new Message<>("a", value, Map.of(), Instant.EPOCH);
                        service.context
                                .getBean(Outbox.class)
                                .addNotBefore(Instant.now().plusSeconds(3600), "orders", List.of(message));
                    }
                });
        service.context
                .getBean(JdbcClient.class)
                .sql("update messaging_outbox set not_before = null, parked_at = now(), parked_reason = 'refused'")
                .update();
    }

    private static Response get(String path) {
        return service.get("/outbox/parked" + path, OPERATOR);
    }

    private static Response post(String path) {
        return service.post("/outbox/parked" + path, OPERATOR, null);
    }
}
