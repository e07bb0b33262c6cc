package io.orderflow.messaging.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.handling.HandlerResult;
import io.orderflow.messaging.handling.MessageHandler;
import io.orderflow.messaging.handling.Subscription;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DropFailuresTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final DropFailures middleware = new DropFailures(Subscription.broadcasts("prices"), registry);
    private final Delivery<String, byte[]> delivery =
            new Delivery<>("prices", new Message<>("k", new byte[0], Map.of(), Instant.EPOCH), "prices@1");

    @Test
    void a_failure_is_counted_and_does_not_stop_the_receiver() throws Exception {
        assertThat(handle(any -> {
                    throw new IllegalStateException("no such product");
                }))
                .isEqualTo(HandlerResult.DROPPED);
        assertThat(dropped()).isEqualTo(1);
    }

    @Test
    void a_success_is_passed_on() throws Exception {
        assertThat(handle(any -> HandlerResult.HANDLED)).isEqualTo(HandlerResult.HANDLED);
        assertThat(dropped()).isZero();
    }

    @Test
    void an_interrupted_handler_stops_the_receiver() {
        assertThatThrownBy(() -> handle(any -> {
                    throw new InterruptedException();
                }))
                .isInstanceOf(InterruptedException.class);
        assertThat(dropped()).isZero();
    }

    private HandlerResult handle(MessageHandler handler) throws Exception {
        return middleware.around(handler).handle(delivery);
    }

    private double dropped() {
        return registry.counter("messaging.dropped", "topic", "prices", "group", Subscription.EVERY_INSTANCE)
                .count();
    }
}
