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
    private static final String INVENTORY_SERVICE = "inventory-service";

    private static final List<Breakage> ALL = List.of(
            Breakage.of(
                    "acknowledge-before-commit",
                    "a poll is acknowledged before it is handled",
                    TESTKIT,
                    "MemoryConformanceTest#what_was_not_committed*+closing_gives_back*",
                    FailPoints.consumers().stream()
                            .map(consumer -> afterwards(consumer, "poll", Behaviours::commitAtOnce))
                            .toArray(Replacement[]::new)),
            Breakage.of(
                    "inbox-on-its-own",
                    "the inbox's note is a transaction of its own",
                    TESTKIT,
                    "HandlingWithADatabaseTest",
                    instead(LIBRARY + "inbox.JdbcInbox", "note", Behaviours::recordSeparately)),
            Breakage.of(
                    "no-inbox",
                    "the inbox takes every message for new",
                    TESTKIT,
                    "HandlingWithADatabaseTest",
                    instead(LIBRARY + "inbox.JdbcInbox", "note", Behaviours::everythingIsNew)),
            Breakage.of(
                    "relay-by-cursor",
                    "the relay goes on from the highest id it has seen",
                    TESTKIT,
                    "JdbcOutboxTest#both_of_two*+nothing_of_eight*",
                    afterwards(LIBRARY + "outbox.WaitingRows", "ready", new RelayByCursor())),
            Breakage.of(
                    "confirms-off",
                    "RabbitMQ's confirms are not waited for",
                    TESTKIT,
                    "RabbitTroubleTest,RabbitConformanceTest#*too_large*+a_crash_in_the_middle*",
                    skip(LIBRARY + "rabbit.ConfirmedChannel", "awaitConfirms", (self, arguments, none) -> true)),
            Breakage.of(
                    "mandatory-off",
                    "RabbitMQ need not tell of a message that no queue takes",
                    TESTKIT,
                    "RabbitTroubleTest",
                    thirdIsFalse("com.rabbitmq.client.impl.ChannelN", "basicPublish")),
            Breakage.of(
                    "unbounded-requeue",
                    "what fails is tried again for ever",
                    TESTKIT,
                    "HandlingWithADatabaseTest#a_bad_message*",
                    afterwards(LIBRARY + "policy.RetryPolicy", "decide", Behaviours::neverDeadLetter)),
            Breakage.of(
                    "dead-letter-not-awaited",
                    "whether a dead letter has arrived is nobody's concern",
                    TESTKIT,
                    "DeadLettersAwayTest",
                    swallow(LIBRARY + "outbox.OutboxRecoverer", "deadLetter"),
                    swallow(LIBRARY + "policy.DirectRecoverer", "deadLetter")),
            Breakage.of(
                    "latest-instead-of-earliest",
                    "a Kafka group begins with what is sent after its first member came",
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
                    skip(INVENTORY + "JdbcStock", "takeTurn", (self, arguments, none) -> true),
                    instead(INVENTORY + "JdbcStock", "lock", UnlockedStock::read),
                    skip(INVENTORY + "JdbcStock", "move", UnlockedStock::write)),
            Breakage.of(
                    "no-tombstone",
                    "an order cancelled before it was seen leaves no trace",
                    INVENTORY_SERVICE,
                    "ReserveStockTest",
                    skip(INVENTORY + "JdbcReservations", "add", UnlockedStock::isTombstone)),
            Breakage.of(
                    "redrive-to-all-groups",
                    "a redriven dead letter goes to the topic it came from",
                    TESTKIT,
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
