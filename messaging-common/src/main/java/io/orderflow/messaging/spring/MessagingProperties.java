package io.orderflow.messaging.spring;

import io.orderflow.messaging.StartPosition;
import io.orderflow.messaging.Topic;
import io.orderflow.messaging.runtime.TopicCatalog;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of the core. Connection settings stay in Spring's own {@code spring.kafka.*}, {@code spring.rabbitmq.*} and
 * {@code spring.data.redis.*}.
 *
 * @param broker the broker, by its adapter's name: kafka, rabbitmq, redis, sqs or memory. The Spring profile of that name sets
 *     it too
 * @param drainFrom a broker that messages were sent to before: what is left there is handled, and before what is sent now
 * @param topics topics, by name
 * @param subscriptions overrides of what the code states of a subscription, by topic and group
 * @param handling defaults for all subscriptions
 * @param health when health is DOWN
 * @param groups when a group is reported as abandoned
 * @param requests requests to other applications
 * @param payloads payloads that travel by reference
 */
@ConfigurationProperties("messaging")
public record MessagingProperties(
        @Nullable String broker,
        @Nullable String drainFrom,
        @DefaultValue Map<String, TopicSettings> topics,
        @DefaultValue Map<String, Map<String, SubscriptionSettings>> subscriptions,
        @DefaultValue HandlingSettings handling,
        @DefaultValue HealthSettings health,
        @DefaultValue GroupSettings groups,
        @DefaultValue RequestSettings requests,
        @DefaultValue PayloadSettings payloads) {

    /**
     * A topic.
     *
     * @param partitions how many members of a group can share it; fixed once the topic exists
     * @param workQueue whether members compete for single messages, instead of sharing partitions with each key in
     *     order; fixed once the topic exists
     * @param broadcast whether every running instance gets every message, and nothing is kept for absent ones
     * @param retention how long the broker keeps messages, also after every group has read them, so that they can be replayed;
     *     unless it is set, Kafka keeps them for its own default, and Redis and RabbitMQ keep none. Redis keeps them in memory
     * @param retentionSize the most that is kept, on Kafka and RabbitMQ
     * @param byReferenceOver payloads of events that are larger stay in this application's database, and a reference travels; needs
     *     {@code messaging.payloads.token}
     * @param groups the groups that must not miss a message, even before they are first started
     * @param broker the broker of this topic, and of its groups' retries and dead letters, if it is not {@code messaging.broker}
     * @param drainFrom a broker that this topic's messages were sent to before, see {@code messaging.drain-from}
     */
    public record TopicSettings(
            @DefaultValue("" + Topic.DEFAULT_PARTITIONS) int partitions,
            boolean workQueue,
            boolean broadcast,
            @Nullable Duration retention,
            @Nullable DataSize retentionSize,
            @Nullable DataSize byReferenceOver,
            @DefaultValue List<String> groups,
            @Nullable String broker,
            @Nullable String drainFrom) {

        TopicCatalog.Entry entry() {
            long bytes = retentionSize == null ? 0 : retentionSize.toBytes();
            return new TopicCatalog.Entry(partitions, workQueue, broadcast, retention, bytes, groups);
        }
    }

    /**
     * Handling.
     *
     * @param timeout the longest that a handler may take for one message, unless its subscription states another time
     */
    public record HandlingSettings(@DefaultValue("1m") Duration timeout) {}

    /**
     * Health.
     *
     * @param stalledAfter a member that has not returned from a poll for so long makes health DOWN
     * @param pingTimeout how long the broker may take to answer
     */
    public record HealthSettings(
            @DefaultValue("60s") Duration stalledAfter,
            @DefaultValue("2s") Duration pingTimeout) {}

    /**
     * Groups.
     *
     * @param abandonedAfter a group with a backlog that has had no member for so long is reported
     */
    public record GroupSettings(@DefaultValue("1h") Duration abandonedAfter) {}

    /**
     * Requests.
     *
     * @param enabled whether this application sends requests, for which it receives the replies addressed to it
     */
    public record RequestSettings(boolean enabled) {}

    /**
     * Payloads that travel by reference.
     *
     * @param token the secret that receivers send as a bearer token; the same for senders and receivers. Without it nothing travels
     *     by reference
     * @param retention how long a sender keeps them, from when the message is sent; longer than brokers keep messages, and than
     *     dead letters wait for their redrive
     * @param senders the addresses from which payloads are fetched, by the name of the application that published them
     */
    public record PayloadSettings(
            @Nullable String token,
            @DefaultValue("30d") Duration retention,
            @DefaultValue Map<String, URI> senders) {

        /** Space around the token is not part of it. */
        public PayloadSettings {
            token = token == null ? null : token.strip();
            if (token != null && !token.chars().allMatch(each -> each > ' ' && each <= '~')) {
                throw new IllegalArgumentException("messaging.payloads.token contains a space, a line break or another"
                        + " character that is not visible ASCII; choose a token without.");
            }
        }

        /** Without the token. */
        @Override
        public String toString() {
            return "PayloadSettings[retention=" + retention + ", senders=" + senders + "]";
        }
    }

    private static final Duration SHORTEST_RETENTION = Duration.ofSeconds(1);

    public MessagingProperties {
        if (handling.timeout().isNegative() || handling.timeout().isZero()) {
            throw new IllegalArgumentException(
                    "messaging.handling.timeout is " + handling.timeout() + "; a handler needs some time.");
        }
        subscriptions.forEach((topic, readers) -> readers.forEach((group, settings) -> {
            TopicSettings sentTo = topics.get(topic);
            if (settings.start() == StartPosition.LATEST
                    && sentTo != null
                    && sentTo.groups().contains(group)) {
                throw new IllegalArgumentException("messaging.subscriptions." + topic + "." + group
                        + ".start is latest, and messaging.topics." + topic + ".groups names '" + group
                        + "' among the groups that miss nothing that is sent; leave out one of the two.");
            }
        }));
        topics.forEach((name, settings) -> {
            if (settings.partitions() < 1) {
                throw new IllegalArgumentException("messaging.topics." + name + ".partitions is "
                        + settings.partitions() + "; a topic has at least 1.");
            }
            if (settings.broadcast()
                    && (settings.workQueue() || !settings.groups().isEmpty())) {
                throw new IllegalArgumentException(
                        "messaging.topics." + name
                                + ".broadcast is true, and a broadcast has neither groups nor workers; leave out work-queue and groups.");
            }
            if (settings.retention() != null
                    && (settings.retention().compareTo(SHORTEST_RETENTION) < 0 || settings.broadcast())) {
                throw new IllegalArgumentException("messaging.topics." + name + ".retention is " + settings.retention()
                        + "; it is at least 1s, and left out for broadcasts.");
            }
            if (settings.retentionSize() != null
                    && (settings.retention() == null || settings.retentionSize().toBytes() < 1)) {
                throw new IllegalArgumentException(
                        "messaging.topics." + name + ".retention-size is " + settings.retentionSize()
                                + "; it is positive, and needs messaging.topics." + name + ".retention.");
            }
            if (settings.byReferenceOver() != null) {
                requireKeptPayloads(name, settings);
            }
            settings.groups().forEach(group -> Topic.groupOf(name, group));
        });
    }

    private void requireKeptPayloads(String topic, TopicSettings settings) {
        if (settings.retention() != null && payloads.retention().compareTo(settings.retention()) <= 0) {
            throw new IllegalArgumentException("messaging.payloads.retention is " + payloads.retention()
                    + "; it has to be longer than messaging.topics." + topic + ".retention, " + settings.retention()
                    + ".");
        }
    }

    /** By topic, in bytes. */
    Map<String, Long> byReferenceOver() {
        Map<String, Long> thresholds = new LinkedHashMap<>();
        topics.forEach((name, settings) -> {
            if (settings.byReferenceOver() != null) {
                thresholds.put(name, settings.byReferenceOver().toBytes());
            }
        });
        return thresholds;
    }

    ConfiguredSubscriptions configuredSubscriptions() {
        return new ConfiguredSubscriptions(handling.timeout(), subscriptions);
    }

    /** @param deadLetterRetention how long the broker keeps dead letters that are collected; null if they are not collected */
    TopicCatalog catalog(@Nullable Duration deadLetterRetention) {
        Map<String, TopicCatalog.Entry> entries = new LinkedHashMap<>();
        topics.forEach((name, settings) -> entries.put(name, settings.entry()));
        return new TopicCatalog(entries, deadLetterRetention);
    }
}
