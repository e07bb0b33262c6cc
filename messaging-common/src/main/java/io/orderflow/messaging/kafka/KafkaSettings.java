package io.orderflow.messaging.kafka;

import static java.util.Map.entry;

import io.orderflow.messaging.ConsumerOptions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * The clients' settings. What our promises rest on is set whatever {@code spring.kafka.*} says; what is only a matter of
 * taste or speed is set where {@code spring.kafka.*} says nothing.
 */
final class KafkaSettings {

    /** What every broker takes by default, and what we promise. */
    static final int MAX_MESSAGE_BYTES = 1024 * 1024;

    /** Topics take more: a message that comes back for another try carries more headers than at first. */
    static final int MAX_TOPIC_MESSAGE_BYTES = MAX_MESSAGE_BYTES + 256 * 1024;

    /** And dead letters carry the most. */
    static final int MAX_DEAD_LETTER_BYTES = MAX_MESSAGE_BYTES + 512 * 1024;

    /** Brokers refuse a member with a shorter one (group.min.session.timeout.ms). */
    static final Duration MIN_MEMBER_TIMEOUT = Duration.ofSeconds(6);

    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(5);
    private static final int BATCH_BYTES = 128 * 1024;

    /** Brokers come back within seconds, or after a long time: then one line in so many seconds is enough. */
    private static final Map<String, Object> ALL_CLIENTS = Map.of(
            CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, 3_000,
            CommonClientConfigs.RETRY_BACKOFF_MAX_MS_CONFIG, 1_000,
            CommonClientConfigs.METADATA_MAX_AGE_CONFIG, 10_000,
            CommonClientConfigs.ENABLE_METRICS_PUSH_CONFIG, false);

    private static final AtomicInteger CLIENTS = new AtomicInteger();

    private KafkaSettings() {}

    static Map<String, Object> producer(Map<String, Object> given, Duration sendTimeout) {
        int timeout = (int) sendTimeout.toMillis();
        Map<String, Object> all = new HashMap<>(ALL_CLIENTS);
        // A batch fills while the one before it is under way, so nothing is gained by letting a lone message wait.
        all.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        all.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
        all.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_DEAD_LETTER_BYTES);
        all.putAll(given);
        all.computeIfPresent(CommonClientConfigs.CLIENT_ID_CONFIG, KafkaSettings::ours);
        all.putAll(Map.ofEntries(
                entry(ProducerConfig.ACKS_CONFIG, "all"),
                entry(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true),
                entry(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class),
                entry(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class),
                entry(ProducerConfig.MAX_BLOCK_MS_CONFIG, timeout),
                entry(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.min(timeout / 2, (int)
                        REQUEST_TIMEOUT.toMillis())),
                entry(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, timeout)));
        return all;
    }

    static Properties consumer(Map<String, Object> given, ConsumerOptions options) {
        Duration memberTimeout = memberTimeout(options);
        Properties all = new Properties();
        all.putAll(ALL_CLIENTS);
        all.keySet().removeAll(given.keySet());
        all.putAll(Map.ofEntries(
                entry(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class),
                entry(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class),
                entry(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false),
                entry(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest"),
                entry(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false),
                // Not the newer protocol "consumer": there the broker alone sets the time-out, of 45 s or more, after
                // which a dead member's messages go to others.
                entry(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "classic"),
                entry(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, List.of(CooperativeStickyAssignor.class)),
                entry(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, options.maxPollMessages()),
                entry(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, millis(options.pollHandling())),
                entry(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, millis(memberTimeout)),
                // Also how soon a member learns that others have come or gone.
                entry(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, Math.min(millis(memberTimeout) / 10, 1_000)),
                entry(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 2 * millis(REQUEST_TIMEOUT)),
                entry(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, millis(REQUEST_TIMEOUT))));
        return all;
    }

    private static Duration memberTimeout(ConsumerOptions options) {
        Duration wanted = options.memberTimeout();
        return wanted.compareTo(MIN_MEMBER_TIMEOUT) < 0 ? MIN_MEMBER_TIMEOUT : wanted;
    }

    /**
     * Brokers that a member has not heard of for so long are unavailable. It is longer than a dead member holds up a
     * rebalance, in which the others may wait in silence; and then the member's partitions are not its own any more.
     */
    static Duration silence(ConsumerOptions options) {
        return memberTimeout(options).multipliedBy(3).dividedBy(2);
    }

    static Map<String, Object> admin(Map<String, Object> given) {
        Map<String, Object> all = new HashMap<>(ALL_CLIENTS);
        all.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 2 * millis(REQUEST_TIMEOUT));
        all.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, millis(REQUEST_TIMEOUT));
        all.putAll(given);
        all.computeIfPresent(CommonClientConfigs.CLIENT_ID_CONFIG, KafkaSettings::ours);
        return all;
    }

    /** The application's own clients have the configured id: metrics and Kafka's logs take clients that share one for one. */
    private static Object ours(String setting, Object clientId) {
        return clientId + "-messaging-" + CLIENTS.incrementAndGet();
    }

    private static int millis(Duration duration) {
        return Math.toIntExact(duration.toMillis());
    }
}
