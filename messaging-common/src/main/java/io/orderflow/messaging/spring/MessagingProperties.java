package io.orderflow.messaging.spring;

import io.orderflow.messaging.StartPosition;
import io.orderflow.messaging.Topic;
import io.orderflow.messaging.runtime.TopicCatalog;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the core. Connection settings stay in Spring's own {@code spring.kafka.*}, {@code spring.rabbitmq.*} and
 * {@code spring.data.redis.*}.
 *
 * @param broker the broker, by its adapter's name: kafka, rabbitmq, redis or memory. The Spring profile of that name sets
 *     it too
 * @param topics topics, by name
 * @param subscriptions overrides of what the code states of a subscription, by topic and group
 * @param handling defaults for all subscriptions
 * @param health when health is DOWN
 * @param groups when a group is reported as abandoned
 * @param requests requests to other applications
 */
@ConfigurationProperties("messaging")
public record MessagingProperties(
        @Nullable String broker,
        @DefaultValue Map<String, TopicSettings> topics,
        @DefaultValue Map<String, Map<String, SubscriptionSettings>> subscriptions,
        @DefaultValue HandlingSettings handling,
        @DefaultValue HealthSettings health,
        @DefaultValue GroupSettings groups,
        @DefaultValue RequestSettings requests) {

    /**
     * A topic.
     *
     * @param partitions how many members of a group can share it; fixed once the topic exists
     * @param workQueue whether members compete for single messages, instead of sharing partitions with each key in
     *     order; fixed once the topic exists
     * @param broadcast whether every running instance gets every message, and nothing is kept for absent ones
     * @param groups the groups that must not miss a message, even before they are first started
     */
    public record TopicSettings(
            @DefaultValue("" + Topic.DEFAULT_PARTITIONS) int partitions,
            boolean workQueue,
            boolean broadcast,
            @DefaultValue List<String> groups) {}

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
            settings.groups().forEach(group -> Topic.groupOf(name, group));
        });
    }

    ConfiguredSubscriptions configuredSubscriptions() {
        return new ConfiguredSubscriptions(handling.timeout(), subscriptions);
    }

    /** @param deadLetterRetention how long the broker keeps dead letters that are collected; null if they are not collected */
    TopicCatalog catalog(@Nullable Duration deadLetterRetention) {
        Map<String, TopicCatalog.Entry> entries = new LinkedHashMap<>();
        topics.forEach((name, settings) -> entries.put(
                name,
                new TopicCatalog.Entry(
                        settings.partitions(), settings.workQueue(), settings.broadcast(), settings.groups())));
        return new TopicCatalog(entries, deadLetterRetention);
    }
}
