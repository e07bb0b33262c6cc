package io.orderflow.messaging.kafka;

import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.MessageConsumer;
import io.orderflow.messaging.MessagingException;
import io.orderflow.messaging.PartitionsRevokedException;
import io.orderflow.messaging.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Commits exactly what it returned. Rebalances are cooperative: partitions that stay are read without a pause. Messages of a
 * revoked partition are left out of the next commit, which then throws {@link PartitionsRevokedException}.
 *
 * <p>While no broker responds, {@link #poll} returns nothing at first, because the client reconnects by itself. It throws once
 * the outage has lasted longer than the member keeps its partitions.
 */
final class KafkaMessageConsumer implements MessageConsumer<String, byte[]> {

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(3);
    private static final Duration REBALANCE_STEP = Duration.ofMillis(50);
    private static final int MAX_REBALANCE_STEPS = 200;

    private final Function<List<Topic>, Consumer<String, byte[]>> factory;
    private final KafkaTopics topics;
    private final Duration responseTimeout;
    private final Map<TopicPartition, OffsetAndMetadata> polled = new HashMap<>();
    private List<Topic> subscribed = List.of();
    private List<String> names = List.of();
    private @Nullable Consumer<String, byte[]> consumer;
    private @Nullable ResponseMonitor responses;
    private boolean committing;
    private boolean paused;
    private boolean revoked;

    KafkaMessageConsumer(
            Function<List<Topic>, Consumer<String, byte[]>> factory, KafkaTopics topics, Duration responseTimeout) {
        this.factory = factory;
        this.topics = topics;
        this.responseTimeout = responseTimeout;
    }

    @Override
    public void subscribe(List<Topic> wanted) {
        if (consumer != null) {
            throw new IllegalStateException("Already subscribed to " + names + ".");
        }
        wanted.forEach(topics::ensure);
        subscribed = List.copyOf(wanted);
        names = wanted.stream().map(Topic::name).toList();
        try {
            consumer = factory.apply(wanted);
            consumer.subscribe(names, new Rebalances(consumer));
            responses = new ResponseMonitor(consumer.metrics(), responseTimeout, System.nanoTime());
        } catch (KafkaException e) {
            throw KafkaFailures.of("Kafka cannot be read: no consumer for " + names, e);
        }
    }

    @Override
    public List<Delivery<String, byte[]>> poll(Duration timeout) {
        Consumer<String, byte[]> joined = joined();
        try {
            ConsumerRecords<String, byte[]> records = joined.poll(timeout);
            if (records.isEmpty()) {
                requireResponses();
                recreateDeletedTopics(joined);
            }
            List<Delivery<String, byte[]>> deliveries = new ArrayList<>(records.count());
            for (TopicPartition partition : records.partitions()) {
                List<ConsumerRecord<String, byte[]>> some = records.records(partition);
                String positions = partition + "@";
                some.forEach(record -> deliveries.add(KafkaRecords.toDelivery(record, positions)));
                ConsumerRecord<String, byte[]> last = some.get(some.size() - 1);
                polled.put(partition, new OffsetAndMetadata(last.offset() + 1, last.leaderEpoch(), ""));
            }
            return deliveries;
        } catch (KafkaException e) {
            throw KafkaFailures.of("Kafka cannot be read: polling " + names + " failed", e);
        }
    }

    private void requireResponses() {
        if (responses != null && responses.isTimedOut(System.nanoTime())) {
            throw new MessagingException(
                    "Kafka is unavailable: a consumer of " + names
                            + " has had no response from any broker for more than " + responseTimeout.toSeconds()
                            + " s.",
                    null);
        }
    }

    /** The client then finds the topic by itself. Needs no request while the topic exists. */
    private void recreateDeletedTopics(Consumer<String, byte[]> joined) {
        for (Topic topic : subscribed) {
            if (isDeleted(joined, topic)) {
                topics.forget(topic);
                topics.ensure(topic);
            }
        }
    }

    private static boolean isDeleted(Consumer<String, byte[]> joined, Topic topic) {
        try {
            return joined.partitionsFor(topic.name(), REBALANCE_STEP).isEmpty();
        } catch (TimeoutException noAnswer) {
            return false;
        }
    }

    @Override
    public void commit() {
        try {
            commitThroughRebalances(joined());
        } catch (KafkaException e) {
            throw KafkaFailures.of("Kafka may not have committed messages of " + names, e);
        }
        if (revoked) {
            revoked = false;
            throw new PartitionsRevokedException(
                    "Partitions of " + names
                            + " were revoked before their messages were committed; other members of the group receive these again.");
        }
    }

    /** Kafka refuses commits during a rebalance, which makes progress only while the member polls. */
    private void commitThroughRebalances(Consumer<String, byte[]> joined) {
        for (int step = 0; !polled.isEmpty(); step++) {
            try {
                joined.commitSync(polled);
                polled.clear();
            } catch (RebalanceInProgressException e) {
                if (step == MAX_REBALANCE_STEPS) {
                    throw e;
                }
                committing = true;
                try {
                    pollPaused(joined, REBALANCE_STEP);
                } finally {
                    committing = false;
                }
            }
        }
    }

    /** A member that does not poll stays in the group, but delays every rebalance. */
    @Override
    public void keepAlive() {
        try {
            pollPaused(joined(), Duration.ZERO);
        } catch (KafkaException e) {
            throw KafkaFailures.of("Kafka cannot be read: a member of " + names + " could not stay in its group", e);
        }
    }

    private void pollPaused(Consumer<String, byte[]> joined, Duration timeout) {
        paused = true;
        try {
            joined.pause(joined.assignment());
            joined.poll(timeout);
        } finally {
            paused = false;
            joined.resume(joined.paused());
        }
    }

    private Consumer<String, byte[]> joined() {
        if (consumer == null) {
            throw new IllegalStateException("Subscribe first.");
        }
        return consumer;
    }

    @Override
    public void close() {
        if (consumer == null) {
            return;
        }
        boolean interrupted = Thread.interrupted(); // an interrupted thread would not leave the group
        try {
            consumer.close(CloseOptions.timeout(CLOSE_TIMEOUT));
        } catch (KafkaException e) {
            // The broker removes the member after its time-out.
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Called by the client on the polling thread, during poll, commit or close. */
    private final class Rebalances implements ConsumerRebalanceListener {

        private final Consumer<String, byte[]> member;

        Rebalances(Consumer<String, byte[]> member) {
            this.member = member;
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            if (paused) {
                member.pause(partitions);
            }
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            if (committing) {
                Map<TopicPartition, OffsetAndMetadata> done = new HashMap<>(polled);
                done.keySet().retainAll(partitions);
                member.commitSync(done);
                polled.keySet().removeAll(partitions);
            } else {
                onPartitionsLost(partitions);
            }
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            revoked |= polled.keySet().removeAll(partitions);
        }
    }
}
