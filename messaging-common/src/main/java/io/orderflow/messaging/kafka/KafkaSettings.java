package io.orderflow.messaging.kafka;

import static java.util.Map.entry;

import io.orderflow.messaging.ConsumerOptions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
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
 * The clients' settings. Those that guarantees depend on override {@code spring.kafka.*}; the others are defaults for it.
 */
final class KafkaSettings {

    /** Accepted by every broker with its default settings. */
    static final int MAX_MESSAGE_BYTES = 1024 * 1024;

    /** A retried message carries more headers than at first. */
    static final int MAX_TOPIC_MESSAGE_BYTES = MAX_MESSAGE_BYTES + 256 * 1024;

    /** A dead letter carries the most headers. */
    static final int MAX_DEAD_LETTER_BYTES = MAX_MESSAGE_BYTES + 512 * 1024;

    /** Brokers refuse a shorter one by default (group.min.session.timeout.ms). */
    static final Duration MIN_MEMBER_TIMEOUT = Duration.ofSeconds(6);

    /** Brokers refuse a longer one by default (group.share.max.record.lock.duration.ms). */
    private static final Duration LONGEST_LOCK = Duration.ofMinutes(1);

    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(5);
    private static final int BATCH_BYTES = 128 * 1024;

    /** A client logs every failed attempt to reconnect; in a long outage one every few seconds is enough. */
    private static final Map<String, Object> ALL_CLIENTS = Map.of(
            CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, 3_000,
            CommonClientConfigs.RETRY_BACKOFF_MAX_MS_CONFIG, 1_000,
            CommonClientConfigs.METADATA_MAX_AGE_CONFIG, 10_000,
            CommonClientConfigs.ENABLE_METRICS_PUSH_CONFIG, false);

    /** Refused by a share consumer. */
    private static final Set<String> CONSUMER_GROUPS_ONLY = Set.of(
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            ConsumerConfig.GROUP_INSTANCE_ID_CONFIG,
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
            ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG,
            ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG,
            ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG,
            ConsumerConfig.GROUP_PROTOCOL_CONFIG,
            ConsumerConfig.GROUP_REMOTE_ASSIGNOR_CONFIG);

    private static final AtomicInteger CLIENTS = new AtomicInteger();

    private KafkaSettings() {}

    static Map<String, Object> producer(Map<String, Object> given, Duration sendTimeout) {
        int timeout = (int) sendTimeout.toMillis();
        Map<String, Object> all = new HashMap<>(ALL_CLIENTS);
        // A batch fills while the previous one is in flight; lingering would only delay a single message.
        all.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        all.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
        all.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_DEAD_LETTER_BYTES);
        all.putAll(given);
        all.computeIfPresent(CommonClientConfigs.CLIENT_ID_CONFIG, KafkaSettings::uniqueId);
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
                // With the newer protocol "consumer" only the broker sets the session time-out, 45 s or more.
                entry(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "classic"),
                entry(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, List.of(CooperativeStickyAssignor.class)),
                entry(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, options.maxPollMessages()),
                entry(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, millis(options.pollHandling())),
                entry(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, millis(memberTimeout)),
                // A member learns of a rebalance with its next heartbeat.
                entry(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, Math.min(millis(memberTimeout) / 10, 1_000)),
                entry(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 2 * millis(REQUEST_TIMEOUT)),
                entry(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, millis(REQUEST_TIMEOUT))));
        return all;
    }

    /** For a member of a share group. */
    static Map<String, Object> shareConsumer(
            Map<String, Object> given, ConsumerOptions options, String groupId, int member) {
        Map<String, Object> all = new HashMap<>(given);
        consumer(given, options).forEach((name, value) -> all.put((String) name, value));
        all.keySet().removeAll(CONSUMER_GROUPS_ONLY);
        // While it handles messages a member polls only to renew their locks.
        all.put(
                ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG,
                Math.max(millis(options.pollHandling()), millis(LONGEST_LOCK)));
        all.put(ConsumerConfig.GROUP_ID_CONFIG, groupId);
        all.compute(
                CommonClientConfigs.CLIENT_ID_CONFIG,
                (name, id) -> (id == null ? "" : id + "-") + groupId + "-" + member);
        all.put(ConsumerConfig.SHARE_ACKNOWLEDGEMENT_MODE_CONFIG, "explicit");
        // Else a member gets whole batches of a producer, and holds them while others are idle.
        all.put(ConsumerConfig.SHARE_ACQUIRE_MODE_CONFIG, "record_limit");
        return all;
    }

    private static Duration memberTimeout(ConsumerOptions options) {
        Duration wanted = options.memberTimeout();
        return wanted.compareTo(MIN_MEMBER_TIMEOUT) < 0 ? MIN_MEMBER_TIMEOUT : wanted;
    }

    /**
     * After this time without a response the brokers count as unavailable. It is longer than a failed member can delay a
     * rebalance, in which brokers may not respond to the others; and the member has then lost its partitions.
     */
    static Duration responseTimeout(ConsumerOptions options) {
        return memberTimeout(options).multipliedBy(3).dividedBy(2);
    }

    static Map<String, Object> admin(Map<String, Object> given) {
        Map<String, Object> all = new HashMap<>(ALL_CLIENTS);
        all.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 2 * millis(REQUEST_TIMEOUT));
        all.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, millis(REQUEST_TIMEOUT));
        all.putAll(given);
        all.computeIfPresent(CommonClientConfigs.CLIENT_ID_CONFIG, KafkaSettings::uniqueId);
        return all;
    }

    /** The application's own clients have the configured id, and Kafka's metrics and logs do not distinguish equal ones. */
    private static Object uniqueId(String setting, Object clientId) {
        return clientId + "-messaging-" + CLIENTS.incrementAndGet();
    }

    private static int millis(Duration duration) {
        return Math.toIntExact(duration.toMillis());
    }
}
