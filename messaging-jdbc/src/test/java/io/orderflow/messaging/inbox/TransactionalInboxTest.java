package io.orderflow.messaging.inbox;

import static io.orderflow.messaging.inbox.IdempotentHandlingTest.delivery;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.Headers;
import io.orderflow.messaging.handling.AtomicBatch;
import io.orderflow.messaging.handling.HandlerResult;
import io.orderflow.messaging.handling.MessageHandler;
import io.orderflow.messaging.handling.StopCheck;
import io.orderflow.messaging.handling.Subscription;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionTemplate;

class TransactionalInboxTest {

    private final InMemoryInbox inbox = new InMemoryInbox();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Subscription subscription = new Subscription("orders", "stock", 1, ConsumerOptions.defaults());
    private final List<String> handled = new ArrayList<>();
    private final TransactionalInbox transactions =
            new TransactionalInbox(new TransactionTemplate(inbox), inbox, registry);
    private final MessageHandler handler = delivery -> {
        handled.add(delivery.message().header(Headers.ID));
        if (handled.contains("bad")) {
            throw new IllegalStateException("failed");
        }
        return HandlerResult.HANDLED;
    };
    private final AtomicBatch all = deliveries -> {
        List<HandlerResult> results = new ArrayList<>();
        for (Delivery<String, byte[]> each : deliveries) {
            results.add(handler.handle(each));
        }
        return results;
    };

    @Test
    void a_poll_is_handled_in_order_without_its_duplicates() throws Exception {
        transactions.batch(subscription, all).handle(List.of(delivery("m1", "one")));

        List<HandlerResult> results = transactions
                .batch(subscription, all)
                .handle(List.of(delivery("m2", "two"), delivery("m1", "one"), delivery("m3", "three")));

        assertThat(results).containsExactly(HandlerResult.HANDLED, HandlerResult.DUPLICATE, HandlerResult.HANDLED);
        assertThat(handled).containsExactly("m1", "m2", "m3");
    }

    @Test
    void of_a_poll_with_a_failure_nothing_is_recorded() {
        assertThatThrownBy(() -> transactions
                        .batch(subscription, all)
                        .handle(List.of(delivery("m1", "one"), delivery("bad", "two"))))
                .hasMessage("failed");

        assertThat(inbox.handled()).isEmpty();
    }

    @Test
    void a_message_is_recorded_without_those_that_fail_after_it() throws Exception {
        MessageHandler single =
                transactions.message(subscription, StopCheck.NEVER).around(handler);
        single.handle(delivery("m1", "one"));

        assertThatThrownBy(() -> single.handle(delivery("bad", "two"))).hasMessage("failed");
        assertThat(inbox.handled()).containsExactly("m1");
    }

    @Test
    void reused_ids_are_counted_for_each_subscription() throws Exception {
        MessageHandler single =
                transactions.message(subscription, StopCheck.NEVER).around(handler);
        single.handle(delivery("m1", "one"));

        assertThatThrownBy(() -> single.handle(delivery("m1", "another"))).isInstanceOf(IdReusedException.class);
        assertThat(registry.get("messaging.inbox.id.reused")
                        .tags("topic", "orders", "group", "stock")
                        .counter()
                        .count())
                .isEqualTo(1);
    }
}
