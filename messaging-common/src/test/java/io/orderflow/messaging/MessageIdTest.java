package io.orderflow.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageIdTest {

    private static final String UNSTABLE = "q#";

    @Test
    void source_and_id_identify_a_message_wherever_it_is() {
        Map<String, String> headers = Map.of(Headers.ID, "m1", Headers.SOURCE, "/shop");
        MessageId id = new MessageId("/shop", "m1");
        assertThat(MessageId.of(delivery("orders@1", "k", "v", headers))).isEqualTo(id);
        assertThat(MessageId.of(delivery("orders@2", "k", "v", headers))).isEqualTo(id);
        assertThat(MessageId.of(delivery("orders@1", "k", "v", Map.of(Headers.ID, "m1"))))
                .isEqualTo(new MessageId("", "m1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\0b", "a\uD800b", "an endless one"})
    void what_cannot_be_stored_is_hashed_and_stays_the_same_on_its_way(String stated) {
        String text = stated.equals("an endless one") ? "x".repeat(1_000) : stated;
        Map<String, String> headers = Map.of(Headers.ID, text, Headers.SOURCE, text);
        MessageId id = MessageId.of(delivery("orders@1", "k", "v", headers));
        assertThat(id.id()).startsWith("sha-256:").hasSizeLessThanOrEqualTo(MessageId.MAX_LENGTH);
        assertThat(id.source()).startsWith("sha-256:").hasSizeLessThanOrEqualTo(MessageId.MAX_LENGTH);
        assertThat(MessageId.of(delivery("orders.stock.retry@7", "k", "v", headers)))
                .isEqualTo(id);
    }

    @Test
    void without_an_id_two_equal_messages_are_told_apart_by_their_positions() {
        MessageId id = MessageId.of(delivery("orders-0@1", "k", "v", Map.of()));
        assertThat(MessageId.of(delivery("orders-0@1", "k", "v", Map.of()))).isEqualTo(id);
        assertThat(MessageId.of(delivery("orders-0@1", "k", "v", Map.of(Headers.ID, " "))))
                .isEqualTo(id);
        assertThat(MessageId.of(delivery("orders-0@2", "k", "v", Map.of()))).isNotEqualTo(id);
    }

    /** A topic that was deleted and created anew counts its positions from the beginning. */
    @Test
    void without_an_id_another_message_at_the_same_position_is_another_one() {
        MessageId id = MessageId.of(delivery("orders-0@1", "k", "v", Map.of()));
        assertThat(MessageId.of(delivery("orders-0@1", "k", "w", Map.of()))).isNotEqualTo(id);
        assertThat(MessageId.of(delivery("orders-0@1", "l", "v", Map.of()))).isNotEqualTo(id);
        assertThat(MessageId.of(delivery("orders-0@1", "k", "v", Map.of(), Instant.ofEpochMilli(1))))
                .isNotEqualTo(id);
    }

    @Test
    void where_positions_are_not_stable_content_and_time_identify_it_and_no_two_contents_run_together() {
        MessageId id = MessageId.of(delivery("q#1", "ab", "c", Map.of()));
        assertThat(MessageId.of(delivery("q#2", "ab", "c", Map.of()))).isEqualTo(id);
        assertThat(MessageId.of(delivery("q#1", "a", "bc", Map.of()))).isNotEqualTo(id);
        assertThat(MessageId.of(delivery("q#1", null, "abc", Map.of()))).isNotEqualTo(id);
        assertThat(MessageId.of(delivery("q#1", "ab", "c", Map.of(Headers.ROUTING_KEY, "r"))))
                .isNotEqualTo(id);
        assertThat(MessageId.of(delivery("q#1", "ab", "c", Map.of(), Instant.ofEpochMilli(1))))
                .isNotEqualTo(id);
    }

    @Test
    void a_time_that_is_another_at_each_delivery_is_no_part_of_it() {
        Map<String, String> onArrival = Map.of(Headers.TIMED_ON_ARRIVAL, "true");
        assertThat(MessageId.of(delivery("q#1", "ab", "c", onArrival, Instant.EPOCH)))
                .isEqualTo(MessageId.of(delivery("q#2", "ab", "c", onArrival, Instant.ofEpochMilli(1))));
    }

    @Test
    void the_digest_is_of_what_a_message_says_and_not_of_what_became_of_it() {
        ContentDigest digest = ContentDigest.of(message("k", "v", Map.of(Headers.TYPE, "t")));
        assertThat(ContentDigest.of(message("k", "v", Map.of(Headers.TYPE, "t", Headers.ATTEMPTS, "2"))))
                .isEqualTo(digest);
        assertThat(ContentDigest.of(message("k", "v", Map.of()))).isNotEqualTo(digest);
        assertThat(ContentDigest.of(message("", "kv", Map.of(Headers.TYPE, "t"))))
                .isNotEqualTo(digest);
        assertThat(ContentDigest.of(message(null, "v", Map.of(Headers.TYPE, "t"))))
                .isNotEqualTo(ContentDigest.of(message("", "v", Map.of(Headers.TYPE, "t"))));
    }

    private static Delivery<String, byte[]> delivery(
            String position, @Nullable String key, String value, Map<String, String> headers) {
        return delivery(position, key, value, headers, Instant.EPOCH);
    }

    private static Delivery<String, byte[]> delivery(
            String position, @Nullable String key, String value, Map<String, String> headers, Instant time) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        return new Delivery<>(
                "orders", new Message<>(key, bytes, headers, time), position, !position.startsWith(UNSTABLE));
    }

    private static Message<String, byte[]> message(@Nullable String key, String value, Map<String, String> headers) {
        return new Message<>(key, value.getBytes(StandardCharsets.UTF_8), headers, Instant.EPOCH);
    }
}
