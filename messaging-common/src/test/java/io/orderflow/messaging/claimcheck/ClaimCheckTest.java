package io.orderflow.messaging.claimcheck;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.messaging.ContentDigest;
import io.orderflow.messaging.Headers;
import io.orderflow.messaging.Message;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ClaimCheckTest {

    private static final Instant SENT_AT = Instant.parse("2026-11-27T10:00:00Z");

    private final Map<String, byte[]> stored = new HashMap<>();
    private final PayloadStore store = new PayloadStore() {
        @Override
        public String put(byte[] payload, Instant time) {
            assertThat(time).isEqualTo(SENT_AT);
            String reference = PATH + UUID.randomUUID();
            stored.put(reference, payload);
            return reference;
        }

        @Override
        public Optional<byte[]> get(String reference) {
            return Optional.ofNullable(stored.get(reference));
        }
    };
    private final ClaimCheck claimCheck = new ClaimCheck(store, Map.of("documents", 10L));

    @Test
    void a_payload_over_the_threshold_is_replaced_by_a_reference() {
        Message<String, byte[]> message = claimCheck.checkIn("documents", message(11));

        assertThat(message.value()).isNull();
        assertThat(message.key()).isEqualTo("key");
        assertThat(stored.get(message.header(Headers.DATA_REF))).hasSize(11);
    }

    @Test
    void other_payloads_travel_in_their_messages() {
        assertThat(claimCheck.checkIn("documents", message(10)).value()).hasSize(10);
        assertThat(claimCheck.checkIn("orders", message(11)).value()).hasSize(11);
        assertThat(ClaimCheck.NONE.checkIn("documents", message(11)).value()).hasSize(11);
        assertThat(stored).isEmpty();
    }

    @Test
    void messages_with_different_references_have_different_contents() {
        Message<String, byte[]> one = claimCheck.checkIn("documents", message(11));
        Message<String, byte[]> other = claimCheck.checkIn("documents", message(11));

        assertThat(ContentDigest.of(one)).isEqualTo(ContentDigest.of(one.withHeader(Headers.ATTEMPTS, "1")));
        assertThat(ContentDigest.of(one)).isNotEqualTo(ContentDigest.of(other));
    }

    private static Message<String, byte[]> message(int bytes) {
        return new Message<>("key", new byte[bytes], Map.of(Headers.ID, "1"), SENT_AT);
    }
}
