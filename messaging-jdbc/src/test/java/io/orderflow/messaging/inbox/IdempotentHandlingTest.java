package io.orderflow.messaging.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.Headers;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.handling.HandlerResult;
import io.orderflow.messaging.handling.MessageHandler;
import io.orderflow.messaging.handling.StopCheck;
import io.orderflow.messaging.handling.Subscription;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionTemplate;

class IdempotentHandlingTest {

    private final InMemoryInbox inbox = new InMemoryInbox();
    private final Counter reused = new SimpleMeterRegistry().counter("messaging.inbox.id.reused");
    private final List<Delivery<String, byte[]>> handled = new ArrayList<>();
    private StopCheck stop = StopCheck.NEVER;

    @Test
    void a_new_message_is_handled_and_recorded() throws Exception {
        assertThat(handle("m1", "one", this::succeed)).isEqualTo(HandlerResult.HANDLED);

        assertThat(handled).hasSize(1);
        assertThat(inbox.handled()).containsExactly("m1");
    }

    @Test
    void a_duplicate_is_not_handled() throws Exception {
        handle("m1", "one", this::succeed);

        assertThat(handle("m1", "one", this::succeed)).isEqualTo(HandlerResult.DUPLICATE);
        assertThat(handled).hasSize(1);
    }

    @Test
    void a_message_whose_handler_fails_is_not_recorded_and_the_failure_is_thrown_unchanged() {
        IOException failure = new IOException("failed");

        assertThatThrownBy(() -> handle("m1", "one", any -> {
                    throw failure;
                }))
                .isSameAs(failure);
        assertThat(inbox.handled()).isEmpty();
    }

    @Test
    void another_message_with_the_same_id_is_counted_and_not_handled() throws Exception {
        handle("m1", "one", this::succeed);

        assertThatThrownBy(() -> handle("m1", "another", this::succeed)).isInstanceOf(IdReusedException.class);
        assertThat(handled).hasSize(1);
        assertThat(reused.count()).isEqualTo(1);
    }

    @Test
    void a_message_that_another_member_is_handling_is_looked_up_again() throws Exception {
        inbox.handledConcurrently(2);

        assertThat(handle("m1", "one", this::succeed)).isEqualTo(HandlerResult.HANDLED);
        assertThat(handled).hasSize(1);
    }

    @Test
    void the_wait_for_another_member_ends_when_this_one_is_stopped() {
        inbox.handledConcurrently(Integer.MAX_VALUE);
        stop = new Stopping();

        assertThatThrownBy(() -> handle("m1", "one", this::succeed)).isInstanceOf(InterruptedException.class);
        assertThat(handled).isEmpty();
    }

    private HandlerResult succeed(Delivery<String, byte[]> delivery) {
        handled.add(delivery);
        return HandlerResult.HANDLED;
    }

    private HandlerResult handle(String id, String text, MessageHandler handler) throws Exception {
        Subscription subscription = new Subscription("orders", "stock", 1, ConsumerOptions.defaults());
        return new IdempotentHandling(
                        new TransactionTemplate(inbox), new NewMessages(subscription, inbox), reused, stop)
                .around(handler)
                .handle(delivery(id, text));
    }

    static Delivery<String, byte[]> delivery(String id, String text) {
        Map<String, String> headers = Map.of(Headers.ID, id, Headers.SOURCE, "/shop");
        return new Delivery<>("orders", new Message<>("k", text.getBytes(), headers, Instant.EPOCH), "orders@" + id);
    }

    private static final class Stopping implements StopCheck {

        @Override
        public void throwIfStopping() throws InterruptedException {
            throw new InterruptedException("stopping");
        }

        @Override
        public void throwIfOverdue() {}

        @Override
        public void sleep(Duration pause) {}
    }
}
