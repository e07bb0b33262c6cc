package io.orderflow.messaging.inbox;

import static io.orderflow.messaging.inbox.IdempotentHandlingTest.delivery;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.Headers;
import io.orderflow.messaging.handling.HandlerResult;
import io.orderflow.messaging.handling.MessageHandler;
import io.orderflow.messaging.handling.Subscription;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionTemplate;

class RecordedHandlingTest {

    private final InMemoryInbox inbox = new InMemoryInbox();
    private final List<String> handled = new ArrayList<>();
    private final MessageHandler handler = new RecordedHandling(
                    new TransactionTemplate(inbox),
                    new Subscription("orders", "stock", 1, ConsumerOptions.defaults()),
                    inbox)
            .around(delivery -> {
                handled.add(delivery.message().header(Headers.ID));
                assertThat(inbox.handled())
                        .as("before the handler has returned")
                        .doesNotContain("m2");
                if (handled.contains("bad")) {
                    throw new IllegalStateException("failed");
                }
                return HandlerResult.HANDLED;
            });

    @Test
    void a_message_is_recorded_after_its_handler_and_a_duplicate_is_handled_again() throws Exception {
        assertThat(handler.handle(delivery("m1", "one"))).isEqualTo(HandlerResult.HANDLED);
        assertThat(inbox.handled()).containsExactly("m1");

        assertThat(handler.handle(delivery("m1", "another"))).isEqualTo(HandlerResult.HANDLED);
        handler.handle(delivery("m2", "two"));
        assertThat(handled).containsExactly("m1", "m1", "m2");
        assertThat(inbox.handled()).containsExactlyInAnyOrder("m1", "m2");
    }

    @Test
    void a_message_whose_row_cannot_be_written_is_recorded_by_a_retry_and_not_handled_again() throws Exception {
        inbox.handledConcurrently(2);
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> handler.handle(delivery("m1", "one")))
                    .isInstanceOf(HandledConcurrentlyException.class);
        }

        assertThat(handler.handle(delivery("m1", "one"))).isEqualTo(HandlerResult.HANDLED);
        assertThat(handled).containsExactly("m1");
        assertThat(inbox.handled()).containsExactly("m1");

        handler.handle(delivery("m1", "one"));
        assertThat(handled).as("a duplicate").containsExactly("m1", "m1");
    }

    @Test
    void a_message_after_one_without_a_row_is_handled() throws Exception {
        inbox.handledConcurrently(1);
        assertThatThrownBy(() -> handler.handle(delivery("m1", "one")))
                .isInstanceOf(HandledConcurrentlyException.class);

        handler.handle(delivery("m1", "another"));
        handler.handle(delivery("m2", "two"));
        assertThat(handled).containsExactly("m1", "m1", "m2");
    }

    @Test
    void a_message_whose_handler_fails_is_not_recorded() {
        assertThatThrownBy(() -> handler.handle(delivery("bad", "one"))).hasMessage("failed");
        assertThat(inbox.handled()).isEmpty();
    }
}
