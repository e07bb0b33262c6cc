package io.orderflow.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.localstack.Broker;
import io.orderflow.localstack.LocalStack;
import io.orderflow.localstack.PortPlan;
import io.orderflow.localstack.Service;
import io.orderflow.localstack.Shop;
import io.orderflow.localstack.StackOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Events on one broker, bookings and quotes on another: {@code ./orderflow up --broker redis --work-queues rabbitmq}. */
@Tag("jars")
class OrderFlowOnTwoBrokersTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    @Test
    void an_order_is_shipped_over_both(@TempDir Path folder) {
        StackOptions options = new StackOptions(Broker.REDIS, Path.of(".."), folder, false, PortPlan.free(), Map.of())
                .with(Broker.RABBITMQ, null);
        try (LocalStack stack = LocalStack.start(options)) {
            Shop shop = Shop.of(stack);
            String id = shop.place("grace", "express", "MUG-RABBIT", 1);

            assertThat(shop.awaitMail(id, "on its way", TIMEOUT)).isTrue();
            assertThat(shop.status(id)).isEqualTo("SHIPPED");
            assertThat(shop.quote("standard", 1).get("price").decimalValue()).isPositive();
            JsonNode groups = stack.management(Service.SHIPPING).get("/groups").get("items");
            assertThat(brokersOf(groups, "shipments")).containsOnly("rabbitmq");
            assertThat(brokersOf(groups, "shipping")).containsOnly("redis");
        }
    }

    private static Stream<String> brokersOf(JsonNode groups, String topic) {
        return groups.valueStream()
                .filter(each -> each.get("topic").asString().equals(topic))
                .map(each -> each.get("broker").asString());
    }
}
