package io.orderflow.messaging.testkit.engine;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.orderflow.messaging.MessageBroker;
import io.orderflow.messaging.MessageIds;
import io.orderflow.messaging.MessageProducer;
import io.orderflow.messaging.events.EventSubscription;
import io.orderflow.messaging.inbox.JdbcInbox;
import io.orderflow.messaging.ordering.DueKeys;
import io.orderflow.messaging.ordering.HeldKeys;
import io.orderflow.messaging.outbox.JdbcOutbox;
import io.orderflow.messaging.outbox.OutboxSetAside;
import io.orderflow.messaging.quarantine.InHand;
import io.orderflow.messaging.runtime.Bookkeeping;
import io.orderflow.messaging.runtime.Consumers;
import io.orderflow.messaging.runtime.HandlingOnce;
import io.orderflow.messaging.runtime.OrderKeeping;
import io.orderflow.messaging.runtime.Pipeline;
import io.orderflow.messaging.runtime.Quarantine;
import io.orderflow.messaging.runtime.TopicCatalog;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** An instance of an application that runs one subscription. */
final class Instance implements AutoCloseable {

    private final Consumers consumers;
    private final MessageProducer<String, byte[]> producer;
    private final MeterRegistry registry;

    private Instance(Consumers consumers, MessageProducer<String, byte[]> producer, MeterRegistry registry) {
        this.consumers = consumers;
        this.producer = producer;
        this.registry = registry;
    }

    static Instance start(MessageBroker broker, DataSource database, EventSubscription subscription) {
        JdbcTransactionManager transactions = new JdbcTransactionManager(database);
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        MessageProducer<String, byte[]> producer = broker.producer();
        Pipeline pipeline = new Pipeline(
                new OutboxSetAside(new JdbcOutbox(database, partitions -> {}), transactions, producer),
                new Bookkeeping(
                        new HandlingOnce(new TransactionTemplate(transactions), new JdbcInbox(database), registry),
                        new OrderKeeping(
                                new HeldKeys(database, transactions), new DueKeys(database, transactions), registry),
                        new Quarantine(new InHand(database), Quarantine.DEFAULT_AFTER),
                        null),
                new MessageIds(broker.traits()),
                registry,
                InstantSource.system());
        Consumers consumers =
                new Consumers(broker, new TopicCatalog(Map.of()), pipeline, List.of(subscription), List.of());
        consumers.start();
        return new Instance(consumers, producer, registry);
    }

    /** The sum of all counters of that name. */
    double count(String name) {
        return registry.find(name).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    @Override
    public void close() {
        consumers.stop();
        producer.close();
    }
}
