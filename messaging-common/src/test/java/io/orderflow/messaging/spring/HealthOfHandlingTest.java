package io.orderflow.messaging.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageBroker;
import io.orderflow.messaging.Topic;
import io.orderflow.messaging.events.EventSubscription;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Health is DOWN, and says why, while nothing is handled for whatever reason. */
class HealthOfHandlingTest {

    record Placed(String orderId) {}

    private ConfigurableApplicationContext context;

    @AfterEach
    void stop() {
        application().hanging.countDown();
        context.close();
    }

    @Test
    void it_is_down_while_a_subscription_is_paused_by_an_outage() {
        start("--messaging.health.stalled-after=1h");
        application().carrierIsAway = true;
        send("o1", "o2", "o3", "o4");
        awaitDown("fail alike");
        awaitDown("503");
        application().carrierIsAway = false;
        awaitUp();
        await().untilAsserted(
                        () -> assertThat(application().handled).containsExactlyInAnyOrder("o1", "o2", "o3", "o4"));
    }

    @Test
    void it_is_down_while_a_handler_does_not_come_back() {
        start("--messaging.health.stalled-after=2s");
        send("hangs");
        awaitDown("orders-stock-1 has neither polled nor handled a message since");
        application().hanging.countDown();
        awaitUp();
    }

    @Test
    void it_is_down_and_names_the_message_while_a_handler_ignores_its_time_out() {
        start("--messaging.health.stalled-after=1h", "--messaging.subscriptions.orders.stock.timeout=100ms");
        send("hangs");
        awaitDown("ignores being interrupted");
        awaitDown("the handler of orders");
        application().hanging.countDown();
        awaitUp();
        await().untilAsserted(() -> assertThat(application().handled).contains("hangs"));
    }

    private void awaitDown(String reason) {
        await().untilAsserted(() -> {
            assertThat(health().getStatus()).isEqualTo(Status.DOWN);
            assertThat(health().getDetails().get("reasons").toString()).contains(reason);
        });
    }

    private void awaitUp() {
        await().untilAsserted(() -> assertThat(health().getStatus()).isEqualTo(Status.UP));
    }

    private Health health() {
        return context.getBean(MessagingHealthIndicator.class).health();
    }

    private void start(String... arguments) {
        context = new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .properties(Map.of("messaging.broker", "memory"))
                .run(arguments);
    }

    private Application application() {
        return context.getBean(Application.class);
    }

    private void send(String... orderIds) {
        List<Message<String, byte[]>> messages =
                List.of(orderIds).stream().map(HealthOfHandlingTest::message).toList();
        context.getBean(MessageBroker.class).producer().sendBatch(Topic.named("orders"), messages);
    }

    private static Message<String, byte[]> message(String orderId) {
        byte[] json = ("{\"orderId\":\"" + orderId + "\"}").getBytes(StandardCharsets.UTF_8);
        return new Message<>(orderId, json, Map.of(), Instant.EPOCH);
    }

    @Configuration
    @EnableAutoConfiguration
    static class Application {

        final CountDownLatch hanging = new CountDownLatch(1);
        final List<String> handled = new CopyOnWriteArrayList<>();
        volatile boolean carrierIsAway;

        @Bean
        EventSubscription orders() {
            return EventSubscription.of("orders", "stock")
                    .takingUntyped()
                    .on(Placed.class, "order.placed.v1", (placed, context) -> {
                        if (carrierIsAway) {
                            throw new IllegalStateException("503", new ConnectException("refused"));
                        }
                        while (placed.orderId().equals("hangs") && hanging.getCount() > 0) {
                            Thread.onSpinWait();
                        }
                        handled.add(placed.orderId());
                    });
        }
    }
}
