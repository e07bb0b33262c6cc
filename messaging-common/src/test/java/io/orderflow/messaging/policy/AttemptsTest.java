package io.orderflow.messaging.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.Headers;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.handling.Subscription;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttemptsTest {

    private static final int MAX_ATTEMPTS = 5;
    private static final Instant EARLIER = Instant.parse("2026-11-21T10:00:00Z");
    private static final Instant NOW = EARLIER.plusSeconds(60);

    private final Subscription subscription = new Subscription("orders", "stock", 1, ConsumerOptions.defaults());

    @Test
    void a_message_of_the_retry_topic_brings_its_attempts() {
        assertThat(retried("3", EARLIER.toString())).isEqualTo(new Attempts(3, EARLIER));
    }

    @Test
    void headers_of_other_topics_are_ignored() {
        assertThat(attempts("orders", "3", EARLIER.toString())).isEqualTo(new Attempts(0, null));
        assertThat(attempts(new Subscription("orders", "email", 1, ConsumerOptions.defaults()).retryTopic(), "3", ""))
                .isEqualTo(new Attempts(0, null));
    }

    @ParameterizedTest
    @CsvSource({"-1, 0", "0, 0", "4, 4", "5, 4", "2147483647, 4", "2147483648, 0", "many, 0"})
    void a_forged_number_gives_neither_endless_attempts_nor_none(String header, int failed) {
        assertThat(retried(header, EARLIER.toString()).failed()).isEqualTo(failed);
    }

    @Test
    void headers_that_are_missing_or_malformed_count_as_no_attempt() {
        Delivery<String, byte[]> bare = delivery(subscription.retryTopic(), Map.of());
        assertThat(Attempts.of(bare, subscription, MAX_ATTEMPTS)).isEqualTo(new Attempts(0, null));
        assertThat(retried("1", "yesterday")).isEqualTo(new Attempts(1, null));
    }

    @Test
    void one_more_attempt_keeps_the_time_of_the_first_failure() {
        assertThat(new Attempts(0, null).oneMore(NOW)).isEqualTo(new Attempts(1, NOW));
        assertThat(new Attempts(1, EARLIER).oneMore(NOW)).isEqualTo(new Attempts(2, EARLIER));
    }

    @Test
    void an_attempt_during_an_outage_is_not_counted() {
        assertThat(new Attempts(1, EARLIER).oneMore(NOW).uncounted()).isEqualTo(new Attempts(1, EARLIER));
    }

    private Attempts retried(String attempts, String firstFailure) {
        return attempts(subscription.retryTopic(), attempts, firstFailure);
    }

    private Attempts attempts(String topic, String attempts, String firstFailure) {
        Map<String, String> headers = Map.of(Headers.ATTEMPTS, attempts, Headers.FIRST_FAILURE, firstFailure);
        return Attempts.of(delivery(topic, headers), subscription, MAX_ATTEMPTS);
    }

    private static Delivery<String, byte[]> delivery(String topic, Map<String, String> headers) {
        return new Delivery<>(topic, new Message<>("k", new byte[0], headers, Instant.EPOCH), topic + "@1");
    }
}
