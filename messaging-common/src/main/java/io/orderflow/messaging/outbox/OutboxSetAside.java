package io.orderflow.messaging.outbox;

import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageProducer;
import io.orderflow.messaging.policy.SetAside;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Keeps what is to be tried later in the outbox, in a transaction of its own; sends dead letters at once. */
public final class OutboxSetAside implements SetAside {

    private final Outbox outbox;
    private final TransactionTemplate ownTransaction;
    private final MessageProducer<String, byte[]> producer;
    private final InstantSource clock;

    public OutboxSetAside(
            Outbox outbox,
            PlatformTransactionManager transactions,
            MessageProducer<String, byte[]> producer,
            InstantSource clock) {
        this.outbox = outbox;
        this.ownTransaction = new TransactionTemplate(transactions);
        this.ownTransaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        this.producer = producer;
        this.clock = clock;
    }

    @Override
    public void later(String topic, Message<String, byte[]> message, Duration delay) {
        ownTransaction.executeWithoutResult(
                status -> outbox.addNotBefore(clock.instant().plus(delay), topic, List.of(message)));
    }

    @Override
    public void deadLetter(String topic, Message<String, byte[]> message) {
        producer.send(topic, message);
    }
}
