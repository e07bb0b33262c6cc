package io.orderflow.messaging.rabbit;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.ShutdownSignalException;
import io.orderflow.messaging.MessageRejectedException;
import io.orderflow.messaging.MessagingException;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The batches of one channel that the broker has not answered in full, by the channel's numbers. A batch stays until its
 * last answer, whether or not its sender still waits: so every number that was published belongs to exactly one batch, and
 * a late answer finds that one and no other. Safe for many threads.
 */
final class UnconfirmedBatches {

    private final NavigableMap<Long, UnconfirmedBatch> batches = new ConcurrentSkipListMap<>();

    /** To be called before the first message is published. */
    UnconfirmedBatch begin(String topic, long first, int size) {
        UnconfirmedBatch batch = new UnconfirmedBatch(topic, first, size);
        batches.put(first, batch);
        return batch;
    }

    /** Of a batch, only so many messages were published. */
    void endAfter(UnconfirmedBatch batch, int published) {
        batch.endAfter(published);
        removeIfAnswered(batch);
    }

    void confirmed(long number, boolean allUpToIt) {
        for (UnconfirmedBatch batch : reached(number, allUpToIt)) {
            batch.answered(number, allUpToIt);
            removeIfAnswered(batch);
        }
    }

    void refused(long number, boolean allUpToIt) {
        for (UnconfirmedBatch batch : reached(number, allUpToIt)) {
            batch.fail(new QueueRefusedException("RabbitMQ refused a message to topic '" + batch.topic()
                    + "': a queue of it is full, or has no leader at present."));
            batch.answered(number, allUpToIt);
            removeIfAnswered(batch);
        }
    }

    /**
     * A return does not name the message, and the confirm that follows says nothing of the return. So whatever is in
     * flight to that topic counts as not accepted.
     */
    void returned(String topic, String reply) {
        batches.values().stream()
                .filter(batch -> batch.topic().equals(topic))
                .forEach(batch -> batch.fail(new TopicMissingException(
                        "RabbitMQ has no queue for topic '" + topic + "' (" + reply
                                + "): no group of it is declared. Declare its groups"
                                + " (messaging.topics." + topic + ".groups) or start a service that reads it.",
                        null)));
    }

    /** The channel was closed, and nothing more will be answered. */
    void lost(ShutdownSignalException cause) {
        batches.values().forEach(batch -> lost(batch, cause));
    }

    void lost(UnconfirmedBatch batch, ShutdownSignalException cause) {
        String what = "RabbitMQ closed the channel with messages to topic '" + batch.topic() + "' unconfirmed: "
                + RabbitFailures.reason(cause);
        batch.fail(
                switch (RabbitFailures.code(cause)) {
                    case AMQP.NOT_FOUND -> new TopicMissingException(what, cause);
                    case AMQP.PRECONDITION_FAILED ->
                        batches.size() == 1
                                ? new MessageRejectedException(what, cause)
                                : new UnattributedRefusalException(what, cause);
                    default -> new MessagingException(what, cause);
                });
    }

    private void removeIfAnswered(UnconfirmedBatch batch) {
        if (batch.isAnswered()) {
            batches.remove(batch.first());
        }
    }

    private Collection<UnconfirmedBatch> reached(long number, boolean allUpToIt) {
        if (allUpToIt) {
            return batches.headMap(number, true).values();
        }
        var batch = batches.floorEntry(number);
        return batch == null ? List.of() : List.of(batch.getValue());
    }
}
