package io.orderflow.messaging.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class EventBusTest {

    private final EventBus<String> bus = new EventBus<>();
    private final List<String> received = new ArrayList<>();

    @Test
    void subscribers_get_what_is_published_while_they_are_subscribed() {
        Consumer<String> one = event -> received.add("one " + event);
        Consumer<String> two = event -> received.add("two " + event);

        bus.publish("a");
        bus.subscribe(one);
        bus.subscribe(two);
        bus.publish("b");
        assertThat(bus.unsubscribe(one)).isTrue();
        assertThat(bus.unsubscribe(one)).isFalse();
        bus.publish("c");

        assertThat(received).containsExactly("one b", "two b", "two c");
    }

    @Test
    void a_failing_subscriber_does_not_keep_an_event_from_others() {
        RuntimeException first = new IllegalStateException("first");
        RuntimeException second = new IllegalStateException("second");
        bus.subscribe(event -> {
            throw first;
        });
        bus.subscribe(received::add);
        bus.subscribe(event -> {
            throw second;
        });

        assertThatThrownBy(() -> bus.publish("a")).isSameAs(first).hasSuppressedException(second);
        assertThat(received).containsExactly("a");
    }

    @Test
    void a_subscriber_may_unsubscribe_during_a_call() {
        Consumer<String> once = new Consumer<>() {
            @Override
            public void accept(String event) {
                received.add(event);
                bus.unsubscribe(this);
            }
        };
        bus.subscribe(once);

        bus.publish("a");
        bus.publish("b");

        assertThat(received).containsExactly("a");
    }
}
