package io.orderflow.messaging.outbox;

import io.orderflow.messaging.Headers;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageProducer;
import io.orderflow.messaging.MessageRejectedException;
import io.orderflow.messaging.Topic;
import io.orderflow.messaging.policy.MessageRecoverer;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Stores messages that are retried later in the outbox, in a transaction of its own; sends dead letters at once. A dead letter that the
 * broker rejects, for example because its failure headers make it too large, is stored in the outbox as well, whose relay parks it: no
 * message blocks the others of its partition for ever.
 */
public final class OutboxRecoverer implements MessageRecoverer {

    private static final Logger log = LoggerFactory.getLogger(OutboxRecoverer.class);

    private final Outbox outbox;
    private final TransactionTemplate ownTransaction;
    private final MessageProducer<String, byte[]> producer;

    public OutboxRecoverer(
            Outbox outbox, PlatformTransactionManager transactions, MessageProducer<String, byte[]> producer) {
        this.outbox = outbox;
        this.ownTransaction = new TransactionTemplate(transactions);
        this.ownTransaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        this.producer = producer;
    }

    @Override
    public boolean later(String topic, Message<String, byte[]> message, Duration delay) {
        ownTransaction.executeWithoutResult(status -> outbox.addAfter(delay, topic, List.of(message)));
        return true;
    }

    @Override
    public void deadLetter(String topic, Message<String, byte[]> message) {
        try {
            producer.send(Topic.named(topic), message);
        } catch (MessageRejectedException e) {
            ownTransaction.executeWithoutResult(status -> outbox.add(topic, List.of(message)));
            log.warn(
                    "Dead letter {} for '{}' is stored in the outbox, because the broker rejects it: {}",
                    message.header(Headers.ID),
                    topic,
                    e.getMessage());
        }
    }
}
