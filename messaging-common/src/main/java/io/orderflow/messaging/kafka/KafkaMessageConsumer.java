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
 * Commits exactly what it returned. Partitions move to other members while it polls, without a pause for those that stay;
 * what was polled of a partition that moved away is left out of the next commit, which then says so by throwing.
 *
 * <p>While no broker answers, {@link #poll} returns nothing at first, because the client reconnects by itself; an outage that
 * outlasts the member's place in the group makes it throw.
 */
final class KafkaMessageConsumer implements MessageConsumer<String, byte[]> {

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(3);
    private static final Duration REBALANCE_STEP = Duration.ofMillis(50);
    private static final int REBALANCE_STEPS = 200;

    private final Function<List<Topic>, Consumer<String, byte[]>> factory;
    private final KafkaTopics topics;
    private final Duration longestSilence;
    private final Map<TopicPartition, OffsetAndMetadata> polled = new HashMap<>();
    private List<Topic> subscribed = List.of();
    private @Nullable Consumer<String, byte[]> consumer;
    private @Nullable Silence silence;
    private boolean committing;
    private boolean pollingForNothing;
    private boolean takenAway;

    KafkaMessageConsumer(
            Function<List<Topic>, Consumer<String, byte[]>> factory, KafkaTopics topics, Duration longestSilence) {
        this.factory = factory;
        this.topics = topics;
        this.longestSilence = longestSilence;
    }

    @Override
    public void subscribe(List<Topic> wanted) {
        if (consumer != null) {
            throw new IllegalStateException("Already subscribed to " + names(subscribed) + ".");
        }
        wanted.forEach(topics::ensure);
        try {
            consumer = factory.apply(wanted);
            consumer.subscribe(names(wanted), new Rebalances(consumer));
            subscribed = List.copyOf(wanted);
            silence = new Silence(consumer.metrics(), longestSilence, System.nanoTime());
        } catch (KafkaException e) {
            throw KafkaFailures.of("Kafka cannot be read: no consumer for " + names(wanted), e);
        }
    }

    @Override
    public List<Delivery<String, byte[]>> poll(Duration timeout) {
        Consumer<String, byte[]> joined = joined();
        try {
            ConsumerRecords<String, byte[]> records = joined.poll(timeout);
            if (records.isEmpty()) {
                requireAnswers();
                recreateTopics(joined);
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
            throw KafkaFailures.of("Kafka cannot be read: polling " + names(subscribed) + " failed", e);
        }
    }

    private void requireAnswers() {
        if (silence != null && silence.isTooLong(System.nanoTime())) {
            throw new MessagingException(
                    "Kafka is unavailable: a member of " + names(subscribed)
                            + " has had no answer from any broker for more than " + longestSilence.toSeconds() + " s.",
                    null);
        }
    }

    /** A topic that was deleted under us comes back; the client finds it by itself then. Costs nothing while it is there. */
    private void recreateTopics(Consumer<String, byte[]> joined) {
        for (Topic topic : subscribed) {
            if (isGone(joined, topic.name())) {
                topics.forget(topic);
                topics.ensure(topic);
            }
        }
    }

    /** A broker that is far away, and does not answer at once, has not said so. */
    private static boolean isGone(Consumer<String, byte[]> joined, String name) {
        try {
            return joined.partitionsFor(name, REBALANCE_STEP).isEmpty();
        } catch (TimeoutException noAnswer) {
            return false;
        }
    }

    @Override
    public void commit() {
        try {
            commitThroughRebalances(joined());
        } catch (KafkaException e) {
            throw KafkaFailures.of("Kafka may not know that messages of " + names(subscribed) + " are done", e);
        }
        if (takenAway) {
            takenAway = false;
            throw new PartitionsRevokedException("Other members of the group took over partitions of "
                    + names(subscribed) + " before their messages were committed; these come again there.");
        }
    }

    /** A commit is refused while the group is being shared out anew; that moves on only while somebody polls. */
    private void commitThroughRebalances(Consumer<String, byte[]> joined) {
        for (int step = 0; !polled.isEmpty(); step++) {
            try {
                joined.commitSync(polled);
                polled.clear();
            } catch (RebalanceInProgressException e) {
                if (step == REBALANCE_STEPS) {
                    throw e;
                }
                committing = true;
                try {
                    pollForNothing(joined, REBALANCE_STEP);
                } finally {
                    committing = false;
                }
            }
        }
    }

    /** Kafka hears of a member that does not poll, but lets the group wait for it before it moves a partition. */
    @Override
    public void keepAlive() {
        try {
            pollForNothing(joined(), Duration.ZERO);
        } catch (KafkaException e) {
            throw KafkaFailures.of(
                    "Kafka cannot be read: a member of " + names(subscribed) + " could not stay in its group", e);
        }
    }

    private void pollForNothing(Consumer<String, byte[]> joined, Duration timeout) {
        pollingForNothing = true;
        try {
            joined.pause(joined.assignment());
            joined.poll(timeout);
        } finally {
            pollingForNothing = false;
            joined.resume(joined.paused());
        }
    }

    private static List<String> names(List<Topic> topics) {
        return topics.stream().map(Topic::name).toList();
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
        // An interrupted thread would not get round to leaving the group.
        boolean interrupted = Thread.interrupted();
        try {
            consumer.close(CloseOptions.timeout(CLOSE_TIMEOUT));
        } catch (KafkaException e) {
            // Then the broker notices by itself, after the member's time-out.
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Called by the client, on the polling thread and inside its poll, commit or close. */
    private final class Rebalances implements ConsumerRebalanceListener {

        private final Consumer<String, byte[]> member;

        Rebalances(Consumer<String, byte[]> member) {
            this.member = member;
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            if (pollingForNothing) {
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
            takenAway |= polled.keySet().removeAll(partitions);
        }
    }
}
