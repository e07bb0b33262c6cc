package io.orderflow.messaging.policy;

import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageProducer;
import io.orderflow.messaging.Topic;
import java.time.Duration;

/**
 * Recovers without a database: a failed message is retried in place by the member that polled it, which keeps its
 * partitions meanwhile, and is sent to the dead-letter topic directly when its attempts are used up.
 *
 * <p>Not promised in this mode: a failed message delays all messages behind it in its poll; attempts are counted in memory
 * and start anew after a crash or a rebalance; there is no inbox, so a message that is delivered again is handled again; an
 * event is published even if its publisher's transaction is rolled back; a dead letter that the broker rejects keeps its
 * partition waiting; an outage that shows as an unknown exception is not detected until several messages are dead-lettered.
 */
public record DirectRecoverer(MessageProducer<String, byte[]> producer) implements MessageRecoverer {

    @Override
    public boolean later(String topic, Message<String, byte[]> message, Duration delay) {
        return false;
    }

    @Override
    public void deadLetter(String topic, Message<String, byte[]> message) {
        producer.send(Topic.named(topic), message);
    }
}
