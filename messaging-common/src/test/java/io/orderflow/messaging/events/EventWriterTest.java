package io.orderflow.messaging.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderflow.messaging.BrokerLimits;
import io.orderflow.messaging.Headers;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageRejectedException;
import io.orderflow.messaging.claimcheck.ClaimCheck;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EventWriterTest {

    record Offered(String sku) {}

    private static final Instant NOW = Instant.parse("2026-11-27T10:00:00Z");
    private static final Map<String, Integer> LIMITS = Map.of("offers", 20_000, "large-offers", 1_000_000);
    private static final EventType<Offered> TYPE = EventType.of(Offered.class, "offered.v1", "offers", Offered::sku);

    @Test
    void an_event_expires_when_its_time_to_live_is_over() {
        Message<String, byte[]> message = writer(TYPE.expiringAfter(Duration.ofMinutes(5)))
                .write(new Offered("MUG"))
                .message();

        assertThat(message.headers())
                .containsEntry(Headers.TIME, "2026-11-27T10:00:00Z")
                .containsEntry(Headers.EXPIRES_AT, "2026-11-27T10:05:00Z");
    }

    @Test
    void an_event_of_another_type_does_not_expire() {
        assertThat(writer(TYPE).write(new Offered("MUG")).message().headers()).doesNotContainKey(Headers.EXPIRES_AT);
    }

    @Test
    void the_time_of_an_event_that_is_published_later_is_that_time() {
        EventWriter writer = writer(TYPE.expiringAfter(Duration.ofMinutes(5)));

        assertThat(writer.writeNotBefore(NOW.plusSeconds(3600), new Offered("MUG"))
                        .message()
                        .headers())
                .containsEntry(Headers.TIME, "2026-11-27T11:00:00Z")
                .containsEntry(Headers.EXPIRES_AT, "2026-11-27T11:05:00Z");
        assertThat(writer.writeNotBefore(NOW.minusSeconds(1), new Offered("MUG"))
                        .message()
                        .headers())
                .containsEntry(Headers.TIME, "2026-11-27T10:00:00Z");
    }

    @Test
    void an_event_that_the_broker_of_its_topic_would_reject_is_refused_with_its_type_and_the_limit() {
        Offered large = new Offered("x".repeat(12_000));
        EventWriter writer = writer(TYPE);

        assertThatThrownBy(() -> writer.write(large))
                .isInstanceOf(MessageRejectedException.class)
                .hasMessageContainingAll("offered.v1", "'offers'", "at most 20000");
        assertThatThrownBy(() -> writer.writeNotBefore(NOW.plusSeconds(60), large))
                .isInstanceOf(MessageRejectedException.class);
        assertThat(writer(EventType.of(Offered.class, "offered.v1", "large-offers", Offered::sku))
                        .write(large)
                        .topic())
                .isEqualTo("large-offers");
    }

    @Test
    void an_event_that_is_accepted_leaves_bytes_for_the_headers_of_a_dead_letter() {
        Offered close = new Offered("x".repeat(5_700)); // as key and payload

        assertThat(writer(TYPE).write(close).message().value()).hasSizeGreaterThan(5_700);
        assertThatThrownBy(() -> writer(TYPE).write(new Offered("x".repeat(5_900))))
                .isInstanceOf(MessageRejectedException.class)
                .hasMessageContaining("8192 for headers that are added later");
    }

    @Test
    void a_time_to_live_is_positive() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TYPE.expiringAfter(Duration.ZERO))
                .withMessageContaining("'offered.v1' must be positive");
    }

    private static EventWriter writer(EventType<?> type) {
        return new EventWriter(
                List.of(type),
                "/shop",
                topic -> BrokerLimits.ofMessageBytes(LIMITS.get(topic.name())),
                ClaimCheck.NONE,
                () -> NOW);
    }
}
