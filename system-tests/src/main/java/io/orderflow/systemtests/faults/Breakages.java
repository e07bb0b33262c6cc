package io.orderflow.systemtests.faults;

import static io.orderflow.systemtests.faults.Replacement.afterwards;
import static io.orderflow.systemtests.faults.Replacement.instead;
import static io.orderflow.systemtests.faults.Replacement.skip;
import static io.orderflow.systemtests.faults.Replacement.swallow;
import static io.orderflow.systemtests.faults.Replacement.thirdIsFalse;

import java.util.List;
import java.util.Properties;

/** All breakages. */
final class Breakages {

    private static final String LIBRARY = "io.orderflow.messaging.";
    private static final String INVENTORY = "io.orderflow.inventory.persistence.";
    private static final String TESTKIT = "messaging-testkit";
    private static final String JDBC = "messaging-jdbc";
    private static final String INVENTORY_SERVICE = "inventory-service";

    private static final List<Breakage> ALL = List.of(
            Breakage.of(
                    "acknowledge-before-commit",
                    "a poll is acknowledged before it is handled",
                    TESTKIT,
                    "MemoryConformanceTest#uncommitted_messages_are_delivered_again_before*+closing_a_member*",
                    FailPoints.consumers().stream()
                            .map(consumer -> afterwards(consumer, "poll", Behaviours::commitAtOnce))
                            .toArray(Replacement[]::new)),
            Breakage.of(
                    "inbox-on-its-own",
                    "the inbox records in a transaction of its own",
                    JDBC,
                    "HandlingWithADatabaseTest",
                    instead(LIBRARY + "inbox.JdbcInbox", "note", Behaviours::recordSeparately)),
            Breakage.of(
                    "no-inbox",
                    "the inbox treats every message as new",
                    JDBC,
                    "HandlingWithADatabaseTest",
                    instead(LIBRARY + "inbox.JdbcInbox", "note", Behaviours::everythingIsNew)),
            Breakage.of(
                    "relay-by-cursor",
                    "the relay continues after the highest id that it has read",
                    TESTKIT,
                    "JdbcOutboxTest#a_transaction_with_a_lower_id*+eight_concurrent_writers*",
                    afterwards(LIBRARY + "outbox.CandidateFetcher", "fetchReady", new RelayByCursor())),
            Breakage.of(
                    "confirms-off",
                    "RabbitMQ's confirms are not waited for",
                    TESTKIT,
                    "RabbitBrokerTest,RabbitConformanceTest#*too_large*+a_crash_under_load*",
                    skip(LIBRARY + "rabbit.ConfirmedChannel", "awaitConfirms", (self, arguments, none) -> true)),
            Breakage.of(
                    "mandatory-off",
                    "RabbitMQ does not return unroutable messages",
                    TESTKIT,
                    "RabbitBrokerTest",
                    thirdIsFalse("com.rabbitmq.client.impl.ChannelN", "basicPublish")),
            Breakage.of(
                    "unbounded-requeue",
                    "failed messages are retried without end",
                    JDBC,
                    "HandlingWithADatabaseTest#a_bad_message*",
                    afterwards(LIBRARY + "policy.RetryPolicy", "decide", Behaviours::neverDeadLetter)),
            Breakage.of(
                    "dead-letter-not-awaited",
                    "failures to send a dead letter are ignored",
                    TESTKIT,
                    "DeadLettersUnavailableTest",
                    swallow(LIBRARY + "outbox.OutboxRecoverer", "deadLetter"),
                    swallow(LIBRARY + "policy.DirectRecoverer", "deadLetter")),
            Breakage.of(
                    "latest-instead-of-earliest",
                    "a new Kafka group starts at the latest message",
                    TESTKIT,
                    "KafkaConformanceTest#a_group_declared_before*+every_group*+the_dead_letters*",
                    afterwards(LIBRARY + "kafka.KafkaSettings", "consumer", (self, arguments, settings) -> {
                        ((Properties) settings).put("auto.offset.reset", "latest");
                        return settings;
                    })),
            Breakage.of(
                    "read-then-write-stock",
                    "stock is read, counted and written back, without a lock",
                    INVENTORY_SERVICE,
                    "ReserveStockTest,StockConservationTest",
                    skip(INVENTORY + "JdbcStock", "lockAll", (self, arguments, none) -> true),
                    instead(INVENTORY + "JdbcStock", "lock", UnlockedStock::read),
                    skip(INVENTORY + "JdbcStock", "move", UnlockedStock::write)),
            Breakage.of(
                    "no-tombstone",
                    "a cancellation before the reservation is not recorded",
                    INVENTORY_SERVICE,
                    "ReserveStockTest",
                    skip(INVENTORY + "JdbcReservations", "add", UnlockedStock::isTombstone)),
            Breakage.of(
                    "redrive-to-all-groups",
                    "a redriven dead letter goes to the topic it came from",
                    JDBC,
                    "RedrivingTest,RedriveInAnApplicationTest",
                    afterwards(
                            LIBRARY + "deadletters.Redriven",
                            "topic",
                            (self, arguments, topic) -> String.valueOf(topic).replaceFirst("\\.[^.]+\\.retry$", ""))));

    private Breakages() {}

    static List<Breakage> all() {
        return ALL;
    }

    static Breakage named(String name) {
        return ALL.stream()
                .filter(breakage -> breakage.name().equals(name))
                .findAny()
                .orElseThrow(() -> new IllegalArgumentException("There is no breakage '" + name + "'; there are "
                        + ALL.stream().map(Breakage::name).toList()));
    }
}
