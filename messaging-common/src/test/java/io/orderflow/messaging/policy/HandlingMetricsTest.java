package io.orderflow.messaging.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.handling.HandlerResult;
import io.orderflow.messaging.handling.Subscription;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class HandlingMetricsTest {

    private static final Delivery<String, byte[]> DELIVERY =
            new Delivery<>("orders", new Message<>("k", new byte[0], Map.of(), Instant.EPOCH), "orders@1");

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final HandlingMetrics metrics =
            new HandlingMetrics(registry, new Subscription("orders", "stock", 1, ConsumerOptions.defaults()));

    @Test
    void duplicates_and_skipped_messages_count_as_handled_and_failed_ones_do_not() throws Exception {
        for (HandlerResult result : HandlerResult.values()) {
            assertThat(metrics.around(delivery -> result).handle(DELIVERY)).isSameAs(result);
        }
        assertThat(count("messaging.handled")).isEqualTo(3);
        assertThat(count("messaging.inbox.duplicates")).isEqualTo(1);
        assertThat(handling().count()).isEqualTo(HandlerResult.values().length);
    }

    @Test
    void a_failure_is_timed_and_thrown_on() {
        assertThatThrownBy(() -> metrics.around(delivery -> {
                            throw new IllegalStateException("failed");
                        })
                        .handle(DELIVERY))
                .hasMessage("failed");
        assertThat(count("messaging.handled")).isZero();
        assertThat(handling().count()).isEqualTo(1);
    }

    @Test
    void each_message_of_a_poll_takes_its_share_of_the_time() {
        metrics.took(Duration.ofMillis(90), 3);
        assertThat(handling().count()).isEqualTo(3);
        assertThat(handling().totalTime(TimeUnit.MILLISECONDS)).isEqualTo(90);
        assertThat(handling().max(TimeUnit.MILLISECONDS)).isEqualTo(30);
    }

    @Test
    void retries_and_dead_letters_are_counted() {
        metrics.retried();
        metrics.retried();
        metrics.deadLettered(new IllegalStateException("It fails."));
        assertThat(count("messaging.retried")).isEqualTo(2);
        assertThat(count("messaging.dead.lettered")).isEqualTo(1);
    }

    private double count(String name) {
        return registry.get(name).tag("group", "stock").counter().count();
    }

    private Timer handling() {
        return registry.get("messaging.handling")
                .tags("topic", "orders", "group", "stock")
                .timer();
    }
}
