package io.orderflow.systemtests.faults;

import static io.orderflow.systemtests.faults.JoinPoint.after;
import static io.orderflow.systemtests.faults.JoinPoint.before;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All fail points, in the order in which a message passes them. */
final class FailPoints {

    private static final String LIBRARY = "io.orderflow.messaging.";
    private static final String OUTBOX = LIBRARY + "outbox.";
    private static final String DEAD_LETTERS = LIBRARY + "deadletters.";
    private static final String TRANSACTIONS = "org.springframework.jdbc.datasource.DataSourceTransactionManager";
    private static final String TEMPLATE = "org.springframework.transaction.support.TransactionTemplate";

    /** Who handles messages in a transaction. */
    private static final String[] HANDLING = {LIBRARY + "inbox.Transactions"};

    private static final List<String> CONSUMERS = List.of(
            LIBRARY + "kafka.KafkaMessageConsumer",
            LIBRARY + "rabbit.RabbitConsumer",
            LIBRARY + "redis.RedisConsumer",
            LIBRARY + "memory.MemoryConsumer");

    private static final Map<String, FailPoint> ALL = Stream.of(
                    FailPoint.at("api.before-commit", before(TRANSACTIONS, "doCommit"))
                            .inside("io.orderflow.order.web."),
                    FailPoint.at("api.after-commit", after(TRANSACTIONS, "doCommit"))
                            .inside("io.orderflow.order.web."),
                    FailPoint.at("publisher.before-commit", after(OUTBOX + "UnwrittenRows", "beforeCommit")),
                    FailPoint.at("publisher.after-commit", before(OUTBOX + "UnwrittenRows", "afterCommit")),
                    FailPoint.at("relay.before-send", before(OUTBOX + "TopicBatch", "send")),
                    FailPoint.at("relay.after-confirm", before(OUTBOX + "ConfirmedRows", "delete")),
                    FailPoint.at("relay.before-delete-commit", after(OUTBOX + "ConfirmedRows", "delete")),
                    FailPoint.at("relay.after-delete", after(OUTBOX + "RelayPass", "publish"))
                            .when(Boolean.TRUE::equals),
                    FailPoint.at("consumer.after-poll", consumers("poll"))
                            .when(polled -> polled instanceof Collection<?> some && !some.isEmpty()),
                    FailPoint.at("consumer.before-transaction", before(TEMPLATE, "execute"))
                            .inside(HANDLING),
                    FailPoint.at("consumer.after-inbox", after(LIBRARY + "inbox.JdbcInbox", "note")),
                    FailPoint.at("consumer.after-handler", after(LIBRARY + "events.Decoding", "handle")),
                    FailPoint.at("consumer.before-commit", before(TRANSACTIONS, "doCommit"))
                            .inside(HANDLING),
                    FailPoint.at("consumer.after-commit", after(TRANSACTIONS, "doCommit"))
                            .inside(HANDLING),
                    FailPoint.at(
                            "consumer.before-acknowledge",
                            CONSUMERS.stream()
                                    .map(consumer -> before(consumer, "commit"))
                                    .toArray(JoinPoint[]::new)),
                    FailPoint.at("consumer.after-acknowledge", consumers("commit")),
                    FailPoint.at("retry.after-set-aside", after(OUTBOX + "OutboxRecoverer", "later")),
                    FailPoint.at(
                            "deadletter.before-send",
                            before(OUTBOX + "OutboxRecoverer", "deadLetter"),
                            before(LIBRARY + "policy.DirectRecoverer", "deadLetter")),
                    FailPoint.at(
                            "deadletter.after-send",
                            after(OUTBOX + "OutboxRecoverer", "deadLetter"),
                            after(LIBRARY + "policy.DirectRecoverer", "deadLetter")),
                    FailPoint.at("quarantine.after-note", after(LIBRARY + "crashguard.JdbcInFlightMessages", "take")),
                    FailPoint.at("collector.after-store", after(DEAD_LETTERS + "DeadLetterCollector", "collect")),
                    FailPoint.at("redrive.after-send", before(DEAD_LETTERS + "Redriving", "note")),
                    FailPoint.at("redrive.before-commit", after(DEAD_LETTERS + "RedriveWorker", "redrive")),
                    FailPoint.at("redrive.after-commit", after(TRANSACTIONS, "doCommit"))
                            .inside(DEAD_LETTERS + "RedriveWorker"))
            .collect(Collectors.toMap(FailPoint::name, Function.identity(), (one, other) -> one, LinkedHashMap::new));

    private FailPoints() {}

    /** The classes that read from a broker. */
    static List<String> consumers() {
        return CONSUMERS;
    }

    static Collection<FailPoint> all() {
        return ALL.values();
    }

    static FailPoint named(String name) {
        FailPoint point = ALL.get(name);
        if (point == null) {
            throw new IllegalArgumentException("There is no fail point '" + name + "'; there are " + ALL.keySet());
        }
        return point;
    }

    private static JoinPoint[] consumers(String method) {
        return CONSUMERS.stream().map(consumer -> after(consumer, method)).toArray(JoinPoint[]::new);
    }
}
