package io.orderflow.messaging.rabbit;

import com.rabbitmq.client.Command;
import com.rabbitmq.client.ShutdownSignalException;
import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.MessageConsumer;
import io.orderflow.messaging.MessagingException;
import io.orderflow.messaging.Topic;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Reads from buffers that the broker fills ahead, one for each queue. It stands in the line for every partition of its
 * keyed topics, and so takes over from any other member at once; that it reads no more than its share is a matter of
 * queueing up again, behind the one whose share it is.
 */
final class RabbitConsumer implements MessageConsumer<String, byte[]> {

    private final RabbitConnections connections;
    private final RabbitTopology topology;
    private final ScheduledExecutorService timer;
    private final String group;
    private final ConsumerOptions options;
    private final PollPace pace;
    private final WakeUpSignal bell = new WakeUpSignal();
    private final List<SubscribedTopic> topics = new ArrayList<>();
    private int turn;
    private boolean closed;

    RabbitConsumer(
            RabbitConnections connections,
            RabbitTopology topology,
            ScheduledExecutorService timer,
            String group,
            ConsumerOptions options) {
        this.connections = connections;
        this.topology = topology;
        this.timer = timer;
        this.group = group;
        this.options = options;
        this.pace = new PollPace(options.maxPollMessages(), options.pollHandling(), System::nanoTime);
    }

    @Override
    public void subscribe(List<String> names) {
        List<Topic> known = names.stream().map(topology::known).toList();
        known.forEach(topic -> topology.declareReader(topic, group, options.startOn(topic)));
        try {
            for (Topic topic : known) {
                SubscribedTopic subscribed = new SubscribedTopic(connections, topic, group, options, bell);
                topics.add(subscribed);
                subscribed.join(timer);
            }
        } catch (IOException | ShutdownSignalException e) {
            throw RabbitFailures.failure("Group '" + group + "' could not subscribe to " + names + " on RabbitMQ", e);
        }
    }

    @Override
    public List<Delivery<String, byte[]>> poll(Duration timeout) {
        requireOpen();
        long deadline = System.nanoTime() + timeout.toNanos();
        try {
            do {
                queueUpAnew();
                List<Delivery<String, byte[]>> polled = take();
                requirePlace();
                if (!polled.isEmpty()) {
                    pace.polled(polled.size());
                    return polled;
                }
            } while (bell.await(Duration.ofNanos(deadline - System.nanoTime())));
            return List.of();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MessagingException("Interrupted while polling RabbitMQ.", e);
        } catch (IOException | ShutdownSignalException e) {
            throw RabbitFailures.failure("Group '" + group + "' could not go on reading from RabbitMQ", e);
        }
    }

    /** Takes what one queue has before it looks into the next one, and begins with another one each time. */
    private List<Delivery<String, byte[]>> take() throws IOException, InterruptedException {
        List<QueueReader> readers = readers();
        List<Delivery<String, byte[]>> taken = new ArrayList<>();
        turn++;
        for (int i = 0; i < readers.size() && taken.size() < pace.limit(); i++) {
            QueueReader reader = readers.get((turn + i) % readers.size());
            reader.goOnWithoutCommit();
            reader.drainTo(taken, pace.limit() - taken.size());
        }
        return taken;
    }

    /**
     * RabbitMQ asks for no sign of life, and bears a message that is not acknowledged for half an hour (consumer_timeout). So
     * that this is enough for a message, a poll brings what can be handled in time, and what was fetched ahead and has waited
     * goes back.
     */
    @Override
    public void keepAlive() {
        requireOpen();
        requirePlace();
    }

    @Override
    public void commit() {
        requireOpen();
        try {
            List<CompletableFuture<Command>> answers = new ArrayList<>();
            for (QueueReader reader : readers()) {
                CompletableFuture<Command> answer = reader.commit();
                if (answer != null) {
                    answers.add(answer);
                }
            }
            for (CompletableFuture<Command> answer : answers) {
                answer.get(RabbitConnections.RPC_MILLIS, TimeUnit.MILLISECONDS);
            }
            pace.committed();
            queueUpAnew();
        } catch (IOException | ShutdownSignalException | ExecutionException | TimeoutException e) {
            throw RabbitFailures.failure("Group '" + group + "' could not commit on RabbitMQ", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MessagingException("Interrupted while committing on RabbitMQ.", e);
        }
    }

    @Override
    public void close() {
        closed = true;
        topics.forEach(SubscribedTopic::leave);
        topics.clear();
    }

    private void queueUpAnew() throws IOException {
        for (SubscribedTopic topic : topics) {
            topic.queueUpAnew();
        }
    }

    private List<QueueReader> readers() {
        return topics.stream().flatMap(topic -> topic.readers().stream()).toList();
    }

    private void requireOpen() {
        if (closed) {
            throw new MessagingException("This member of group '" + group + "' is closed.", null);
        }
    }

    private void requirePlace() {
        if (topics.isEmpty()) {
            throw new IllegalStateException("This member of group '" + group + "' has not subscribed to anything.");
        }
        if (bell.lost() != null) {
            throw new MessagingException(
                    "Group '" + group + "' lost its place on RabbitMQ: " + bell.lost()
                            + ". What was not committed comes again to the next member.",
                    null);
        }
    }
}
