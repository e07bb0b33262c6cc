package io.orderflow.messaging.engine;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.orderflow.messaging.MessageBroker;
import io.orderflow.messaging.MessageProducer;
import io.orderflow.messaging.brokers.Brokers;
import io.orderflow.messaging.crashguard.JdbcInFlightMessages;
import io.orderflow.messaging.crashguard.Quarantine;
import io.orderflow.messaging.events.EventSubscription;
import io.orderflow.messaging.inbox.JdbcInbox;
import io.orderflow.messaging.inbox.TransactionalInbox;
import io.orderflow.messaging.outbox.JdbcOutbox;
import io.orderflow.messaging.outbox.Outbox;
import io.orderflow.messaging.outbox.OutboxRecoverer;
import io.orderflow.messaging.outbox.OutboxRelay;
import io.orderflow.messaging.outbox.RelayOptions;
import io.orderflow.messaging.pipeline.Pipeline;
import io.orderflow.messaging.pipeline.PipelineFeatures;
import io.orderflow.messaging.runtime.Consumers;
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
    private final OutboxRelay relay;
    private final MessageProducer<String, byte[]> producer;
    private final MeterRegistry registry;

    private Instance(
            Consumers consumers, OutboxRelay relay, MessageProducer<String, byte[]> producer, MeterRegistry registry) {
        this.consumers = consumers;
        this.relay = relay;
        this.producer = producer;
        this.registry = registry;
    }

    static Instance start(MessageBroker broker, DataSource database, EventSubscription subscription) {
        JdbcTransactionManager transactions = new JdbcTransactionManager(database);
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        MessageProducer<String, byte[]> producer = broker.producer();
        OutboxRelay relay = new OutboxRelay(database, producer, RelayOptions.defaults());
        Outbox outbox = new JdbcOutbox(database, relay::committed);
        Pipeline pipeline = new Pipeline(
                new OutboxRecoverer(outbox, transactions, producer),
                new PipelineFeatures(
                        new TransactionalInbox(
                                new TransactionTemplate(transactions), new JdbcInbox(database), registry),
                        new Quarantine(new JdbcInFlightMessages(database), Quarantine.DEFAULT_AFTER)::of,
                        null,
                        List.of(),
                        List.of()),
                registry,
                InstantSource.system());
        Consumers consumers = new Consumers(
                Brokers.only(broker), new TopicCatalog(Map.of()), pipeline, List.of(subscription), List.of());
        relay.start();
        consumers.start();
        return new Instance(consumers, relay, producer, registry);
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
        relay.close();
        producer.close();
    }
}
