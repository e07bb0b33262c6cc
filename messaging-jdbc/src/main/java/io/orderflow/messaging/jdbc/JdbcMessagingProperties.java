package io.orderflow.messaging.jdbc;

import io.orderflow.messaging.crashguard.Quarantine;
import io.orderflow.messaging.deadletters.Redriving;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of what the library keeps in the application's database.
 *
 * @param drainedBroker the broker that was used before and has been drained, or whose messages may be lost: allows one
 *     change, away from it
 * @param database the database of outbox, inbox and dead letters
 * @param inbox how long handled messages are remembered
 * @param sequences gaps in the sequences of events
 * @param deadLetters messages that could not be handled
 * @param audit the requests of operators that change something
 * @param crashLoopGuard messages whose handling ends the process
 */
@ConfigurationProperties("messaging")
public record JdbcMessagingProperties(
        @Nullable String drainedBroker,
        @DefaultValue DatabaseSettings database,
        @DefaultValue InboxSettings inbox,
        @DefaultValue SequenceSettings sequences,
        @DefaultValue DeadLetterSettings deadLetters,
        @DefaultValue AuditSettings audit,
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
     * The audit log.
     *
     * @param retention how long a request is kept
     */
    public record AuditSettings(@DefaultValue("365d") Duration retention) {}

    /**
     * The crash-loop guard.
     *
     * @param enabled whether in-flight messages are recorded, once a poll
     * @param after how often a message has to end the process, as the only one in flight, before it is dead-lettered
     */
    public record CrashLoopGuardSettings(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("" + Quarantine.DEFAULT_AFTER) int after) {}

    public JdbcMessagingProperties {
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
    }

    /** How long a broker that deletes by age keeps collected dead letters. */
    Duration brokerKeepsDeadLetters() {
        return deadLetters.retention().compareTo(inbox.retention()) < 0 ? inbox.retention() : deadLetters.retention();
    }
}
