package io.orderflow.service.operations;

import static io.orderflow.service.operations.RunningApplication.OPERATOR;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.messaging.MessageBroker;
import io.orderflow.messaging.Topic;
import io.orderflow.service.operations.RunningApplication.Response;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class GroupApiTest {

    private static RunningApplication service;

    @BeforeAll
    static void start() {
        service = new RunningApplication(
                "management.server.port=0",
                "orderflow.operator.password=a good password",
                "messaging.topics.orders.groups=audit");
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void a_group_that_nobody_reads_for_is_listed_and_removed() {
        service.context.getBean(MessageBroker.class).declare(Topic.named("orders"), "analytics", "audit");
        service.poison("1", new byte[0]);

        JsonNode analytics = find("analytics");
        assertThat(analytics.get("topic").asString()).isEqualTo("orders");
        assertThat(analytics.get("messages").asLong()).isEqualTo(1);
        assertThat(analytics.get("hasMembers").asBoolean()).isFalse();

        Response removed = remove("orders/analytics");
        assertThat(removed.status()).isEqualTo(200);
        assertThat(removed.json().get("messages").asLong()).isEqualTo(1);
        assertThat(find("analytics")).isNull();
        assertThat(remove("orders/analytics").status()).isEqualTo(404);
    }

    @Test
    void a_group_in_use_stays() {
        service.context.getBean(MessageBroker.class).declare(Topic.named("orders"), "audit");

        Response read = remove("orders/stock");
        assertThat(read.status()).isEqualTo(409);
        assertThat(read.json().get("type").asString()).isEqualTo("urn:orderflow:problem:group-in-use");
        assertThat(read.json().get("detail").asString()).contains("Somebody reads 'orders' for group 'stock'");

        Response configured = remove("orders/audit");
        assertThat(configured.status()).isEqualTo(409);
        assertThat(configured.json().get("detail").asString()).contains("messaging.topics.orders.groups");
        assertThat(find("audit")).isNotNull();
    }

    private static JsonNode find(String group) {
        return service.get("/groups", OPERATOR)
                .json()
                .get("items")
                .valueStream()
                .filter(each -> each.get("group").asString().equals(group))
                .findFirst()
                .orElse(null);
    }

    private static Response remove(String name) {
        return service.post("/groups/" + name + "/remove", OPERATOR, null);
    }
}
