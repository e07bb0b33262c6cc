package io.orderflow.messaging.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.Headers;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.handling.ExpiredException;
import io.orderflow.messaging.handling.HandlerResult;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExpiryTest {

    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    @Test
    void an_expired_message_fails_and_is_not_handled() {
        assertThatThrownBy(() ->
                        handle(Map.of(Headers.EXPIRES_AT, NOW.minusSeconds(1).toString())))
                .isInstanceOf(ExpiredException.class);
    }

    @Test
    void a_message_that_has_not_expired_is_handled() throws Exception {
        assertThat(handle(Map.of(Headers.EXPIRES_AT, NOW.plusSeconds(1).toString())))
                .isEqualTo(HandlerResult.HANDLED);
        assertThat(handle(Map.of())).isEqualTo(HandlerResult.HANDLED);
    }

    @Test
    void an_expired_request_is_left_to_its_replies() throws Exception {
        String past = NOW.minusSeconds(1).toString();

        assertThat(handle(Map.of(Headers.EXPIRES_AT, past, Headers.REPLY_TO, "replies")))
                .isEqualTo(HandlerResult.HANDLED);
    }

    private static HandlerResult handle(Map<String, String> headers) throws Exception {
        Message<String, byte[]> message = new Message<>("k", new byte[0], headers, NOW);
        return new Expiry(() -> NOW)
                .around(delivery -> HandlerResult.HANDLED)
                .handle(new Delivery<>("orders", message, "orders@1"));
    }
}
