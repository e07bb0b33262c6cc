package io.orderflow.messaging.spring;

import io.orderflow.messaging.StartPosition;
import io.orderflow.messaging.Topic;
import io.orderflow.messaging.crashguard.Quarantine;
import io.orderflow.messaging.deadletters.Redriving;
import io.orderflow.messaging.runtime.TopicCatalog;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the library. Connection settings stay in Spring's own {@code spring.kafka.*}, {@code spring.rabbitmq.*} and
 * {@code spring.data.redis.*}.
 *
 * @param broker the broker, by its adapter's name: kafka, rabbitmq, redis or memory. The Spring profile of that name sets
 *     it too
 * @param drainedBroker the broker that was used before and has been drained, or whose messages may be lost: allows one
 *     change of {@code broker}, away from it
 * @param database the database of outbox, inbox and dead letters
 * @param topics topics, by name
 * @param subscriptions overrides of what the code states of a subscription, by topic and group
 * @param handling defaults for all subscriptions
 * @param health when health is DOWN
 * @param groups when a group is reported as abandoned
 * @param inbox how long handled messages are remembered
 * @param sequences gaps in the sequences of events
 * @param deadLetters messages that could not be handled
 * @param crashLoopGuard messages whose handling ends the process
 */
@ConfigurationProperties("messaging")
public record MessagingProperties(
        @Nullable String broker,
        @Nullable String drainedBroker,
        @DefaultValue DatabaseSettings database,
        @DefaultValue Map<String, TopicSettings> topics,
        @DefaultValue Map<String, Map<String, SubscriptionSettings>> subscriptions,
        @DefaultValue HandlingSettings handling,
        @DefaultValue HealthSettings health,
        @DefaultValue GroupSettings groups,
        @DefaultValue InboxSettings inbox,
        @DefaultValue SequenceSettings sequences,
        @DefaultValue DeadLetterSettings deadLetters,
        @DefaultValue CrashLoopGuardSettings crashLoopGuard) {

    /**
     * The database.
     *
     * @param enabled whether there is one. Without it events are sent at once, even if the transaction around them is rolled
     *     back, failed messages are retried in place, and duplicates are handled again
     * @param dataSource the name of the DataSource bean, where there are several and none of them is primary
     * @param migrate whether the library creates and upgrades its tables. Otherwise the scripts in {@code db/messaging} have
     *     to be applied by other means, and the start checks that they have been
     */
    public record DatabaseSettings(
            @DefaultValue("true") boolean enabled,
            @Nullable String dataSource,
            @DefaultValue("true") boolean migrate) {}

    /**
     * A topic.
     *
     * @param partitions how many members of a group can share it; fixed once the topic exists
     * @param workQueue whether members compete for single messages, instead of sharing partitions with each key in
     *     order; fixed once the topic exists
     * @param groups the groups that must not miss a message, even before they are first started
     */
    public record TopicSettings(
            @DefaultValue("" + Topic.DEFAULT_PARTITIONS) int partitions,
            boolean workQueue,
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
     * The inbox.
     *
     * @param retention how long handled messages are remembered; longer than a broker or an operator may send one again
     */
    public record InboxSettings(@DefaultValue("7d") Duration retention) {}

    /**
     * Sequences.
     *
     * @param grace how long an event may be missing before it is reported; longer than it may be delayed for its retries
     * @param gapRetention how long after the last event of a key its gaps are counted
     * @param retention how long after the last event of a key its position is kept; if the key continues after that, all its
     *     earlier events are reported as missing, so this is longer than any key is quiet
     */
    public record SequenceSettings(
            @DefaultValue("5m") Duration grace,
            @DefaultValue("7d") Duration gapRetention,
            @DefaultValue("365d") Duration retention) {}

    /**
     * Dead letters.
     *
     * @param collect whether they are collected into the database; otherwise they stay with the broker
     * @param maxRedrives how often one may be redriven
     * @param retention how long redriven and discarded ones are kept. A broker that deletes by age (Kafka) keeps collected
     *     ones for this long, too, and never for less than the inbox remembers
     * @param eraseAfter by topic whose messages are personal data, how long after its last failure the content of a dead
     *     letter is kept; one that still awaits an operator then is discarded. Those of other topics are kept without limit
     */
    public record DeadLetterSettings(
            @DefaultValue("true") boolean collect,

            @DefaultValue("" + Redriving.DEFAULT_MAX_REDRIVES)
            int maxRedrives,

            @DefaultValue("30d") Duration retention,
            @DefaultValue Map<String, Duration> eraseAfter) {}

    /**
     * The crash-loop guard.
     *
     * @param enabled whether in-flight messages are recorded, once a poll
     * @param after how often a message has to end the process, as the only one in flight, before it is dead-lettered
     */
    public record CrashLoopGuardSettings(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("" + Quarantine.DEFAULT_AFTER) int after) {}

    public MessagingProperties {
        if (crashLoopGuard.after() < 1) {
            throw new IllegalArgumentException(
                    "messaging.crash-loop-guard.after is " + crashLoopGuard.after()
                            + "; a message has to end the process at least once. messaging.crash-loop-guard.enabled switches it off.");
        }
        if (sequences.grace().isNegative()) {
            throw new IllegalArgumentException(
                    "messaging.sequences.grace is " + sequences.grace() + "; it must not be negative.");
        }
        if (sequences.gapRetention().compareTo(sequences.grace()) <= 0) {
            throw new IllegalArgumentException("messaging.sequences.gap-retention is " + sequences.gapRetention()
                    + "; it has to be longer than messaging.sequences.grace, " + sequences.grace() + ".");
        }
        if (sequences.retention().compareTo(sequences.gapRetention()) < 0) {
            throw new IllegalArgumentException("messaging.sequences.retention is " + sequences.retention()
                    + "; it must not be shorter than messaging.sequences.gap-retention, " + sequences.gapRetention()
                    + ".");
        }
        if (deadLetters.maxRedrives() < 1) {
            throw new IllegalArgumentException("messaging.dead-letters.max-redrives is " + deadLetters.maxRedrives()
                    + "; a dead letter may be redriven at least once.");
        }
        if (deadLetters.retention().isNegative()) {
            throw new IllegalArgumentException(
                    "messaging.dead-letters.retention is " + deadLetters.retention() + "; it cannot be negative.");
        }
        deadLetters.eraseAfter().forEach((topic, after) -> {
            if (after.isNegative() || after.isZero()) {
                throw new IllegalArgumentException("messaging.dead-letters.erase-after." + topic + " is " + after
                        + "; an operator needs some time to look at a dead letter.");
            }
        });
        if (inbox.retention().isNegative() || inbox.retention().isZero()) {
            throw new IllegalArgumentException(
                    "messaging.inbox.retention is " + inbox.retention() + "; an inbox has to remember for some time.");
        }
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
            settings.groups().forEach(group -> Topic.groupOf(name, group));
        });
    }

    ConfiguredSubscriptions configuredSubscriptions() {
        return new ConfiguredSubscriptions(handling.timeout(), subscriptions);
    }

    /** @param collected whether this application takes dead letters from the broker */
    TopicCatalog catalog(boolean collected) {
        Map<String, TopicCatalog.Entry> entries = new LinkedHashMap<>();
        topics.forEach((name, settings) -> entries.put(
                name, new TopicCatalog.Entry(settings.partitions(), settings.workQueue(), settings.groups())));
        Duration longest =
                deadLetters.retention().compareTo(inbox.retention()) < 0 ? inbox.retention() : deadLetters.retention();
        return new TopicCatalog(entries, collected ? longest : null);
    }
}
