package io.orderflow.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.Headers;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.handling.HandlerResult;
import io.orderflow.messaging.handling.MessageHandler;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class MessageLoggingContextTest {

    private final Map<String, String> logged = new HashMap<>();

    @Test
    void a_handler_logs_with_topic_id_and_key_of_its_message() throws Exception {
        handle("k", Map.of(Headers.ID, "m1"), delivery -> {
            logged.putAll(MDC.getCopyOfContextMap());
            return HandlerResult.HANDLED;
        });

        assertThat(logged)
                .containsEntry("messageTopic", "orders")
                .containsEntry("messageId", "m1")
                .containsEntry("messageKey", "k");
        assertNothingIsLeft();
    }

    @Test
    void a_message_without_id_and_key_has_empty_fields() throws Exception {
        handle(null, Map.of(), delivery -> {
            logged.putAll(MDC.getCopyOfContextMap());
            return HandlerResult.HANDLED;
        });

        assertThat(logged).containsEntry("messageId", "").containsEntry("messageKey", "");
    }

    @Test
    void a_failed_handler_leaves_nothing_for_the_next_message() {
        assertThatThrownBy(() -> handle("k", Map.of(Headers.ID, "m1"), delivery -> {
                    throw new IllegalStateException("failed");
                }))
                .hasMessage("failed");
        assertNothingIsLeft();
    }

    private static void assertNothingIsLeft() {
        assertThat(MDC.get("messageTopic")).isNull();
        assertThat(MDC.get("messageId")).isNull();
        assertThat(MDC.get("messageKey")).isNull();
    }

    private static void handle(@Nullable String key, Map<String, String> headers, MessageHandler handler)
            throws Exception {
        Message<String, byte[]> message = new Message<>(key, new byte[0], headers, Instant.EPOCH);
        new MessageLoggingContext().around(handler).handle(new Delivery<>("orders", message, "orders-0@1"));
    }
}
