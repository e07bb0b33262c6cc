package io.orderflow.messaging.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.messaging.MessageBroker;
import io.orderflow.messaging.Topic;
import io.orderflow.messaging.operations.ForeignApplication.Response;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class GroupApiTest {

    private static ForeignApplication application;

    @BeforeAll
    static void start() {
        application = new ForeignApplication("messaging.topics.orders.groups=audit");
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @Test
    void a_group_without_members_is_listed_and_removed() {
        application.bean(MessageBroker.class).declare(Topic.named("orders"), "analytics", "audit");
        application.deadLetter(new byte[0]);

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
    void a_group_in_use_is_not_removed() {
        application.bean(MessageBroker.class).declare(Topic.named("orders"), "audit");

        Response read = remove("orders/stock");
        assertThat(read.status()).isEqualTo(409);
        assertThat(read.json().get("type").asString()).isEqualTo("urn:orderflow:problem:group-in-use");
        assertThat(read.json().get("detail").asString()).contains("Group 'stock' of topic 'orders' has members");

        Response configured = remove("orders/audit");
        assertThat(configured.status()).isEqualTo(409);
        assertThat(configured.json().get("detail").asString()).contains("messaging.topics.orders.groups");
        assertThat(find("audit")).isNotNull();
    }

    private static JsonNode find(String group) {
        return application
                .get("/groups")
                .json()
                .get("items")
                .valueStream()
                .filter(each -> each.get("group").asString().equals(group))
                .findFirst()
                .orElse(null);
    }

    private static Response remove(String name) {
        return application.post("/groups/" + name + "/remove");
    }
}
