package io.orderflow.messaging.database;

import io.orderflow.messaging.BrokerTraits;
import io.orderflow.messaging.MessageBroker;
import io.orderflow.messaging.brokers.Brokers;
import io.orderflow.messaging.brokers.Route;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Records in the database which brokers may have messages of which topic, and stops the start when one of them is no longer read:
 * its messages would silently never be handled.
 */
public final class BrokerChange {

    /** The broker that was drained, or whose messages may be lost. */
    public static final String PROPERTY = "messaging.drained-broker";

    /** Stands for all topics without a row of their own. */
    private static final String OTHERS = "*";

    private static final Logger log = LoggerFactory.getLogger(BrokerChange.class);

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Map<String, Set<String>> used = new TreeMap<>();
    private final @Nullable String drained;

    /**
     * @param brokers that are used now; those that are not durable leave nothing behind and are not recorded
     * @param drained the value of {@value #PROPERTY}
     */
    public BrokerChange(DataSource dataSource, Brokers brokers, @Nullable String drained) {
        this.jdbc = JdbcClient.create(dataSource);
        this.transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
        this.drained = drained;
        brokers.routes().forEach(this::use);
        use(OTHERS, brokers.usual());
    }

    private void use(String topic, Route route) {
        route.brokers().stream()
                .map(MessageBroker::traits)
                .filter(BrokerTraits::durable)
                .forEach(traits ->
                        used.computeIfAbsent(topic, any -> new TreeSet<>()).add(traits.name()));
    }

    /** @throws UnusableDatabaseException if a topic has left a broker that has not been drained */
    public void check() {
        if (!used.containsKey(OTHERS)) {
            return;
        }
        Map<String, Set<String>> recorded = new TreeMap<>();
        jdbc.sql("select topic, name from messaging_broker").query(row -> {
            recorded.computeIfAbsent(row.getString("topic"), any -> new TreeSet<>())
                    .add(row.getString("name"));
        });
        if (recorded.equals(used)) {
            return;
        }
        Set<String> topics = new TreeSet<>(recorded.keySet());
        topics.addAll(used.keySet());
        topics.forEach(topic -> requireDrained(topic, of(recorded, topic), of(used, topic)));
        transaction.executeWithoutResult(status -> record());
    }

    private static Set<String> of(Map<String, Set<String>> brokers, String topic) {
        return brokers.getOrDefault(topic, brokers.getOrDefault(OTHERS, Set.of()));
    }

    private void requireDrained(String topic, Set<String> before, Set<String> now) {
        for (String last : before) {
            if (!now.contains(last) && !last.equals(drained)) {
                throw left(topic, last, String.join(" and ", now));
            }
            if (!now.contains(last)) {
                log.info("The broker of {} is now {} instead of {}, as set by {}.", topic, now, last, PROPERTY);
            }
        }
    }

    private static UnusableDatabaseException left(String topic, String last, String now) {
        boolean others = topic.equals(OTHERS);
        return new UnusableDatabaseException(
                (others ? "This database" : "Topic '" + topic + "' of this database")
                        + " was last used with the broker "
                        + last + ", and the broker is " + now + " now. Messages on " + last
                        + " that have not been handled would never be; what is in the database (outbox, retries, dead"
                        + " letters) continues with " + now + ".",
                "Drain " + last + ": start with " + now + " and messaging." + (others ? "" : "topics." + topic + ".")
                        + "drain-from=" + last + ", which handles what is left there. Once no group has a backlog on "
                        + last + " (./orderflow groups list), start without that property and with " + PROPERTY + "="
                        + last + ", which also accepts the loss of what is left there.");
    }

    private void record() {
        jdbc.sql("delete from messaging_broker").update();
        used.forEach((topic, names) -> names.forEach(
                name -> jdbc.sql("insert into messaging_broker (topic, name) values (?, ?) on conflict do nothing")
                        .param(topic)
                        .param(name)
                        .update()));
    }
}
