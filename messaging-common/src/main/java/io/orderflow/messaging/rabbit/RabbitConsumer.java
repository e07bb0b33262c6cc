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
 * Polls from prefetch buffers, one for each queue. A member subscribes to every partition of its keyed topics, so that it can
 * replace any other member at once, and yields those that other members own.
 */
final class RabbitConsumer implements MessageConsumer<String, byte[]> {

    private final RabbitConnections connections;
    private final RabbitTopology topology;
    private final ScheduledExecutorService timer;
    private final String group;
    private final ConsumerOptions options;
    private final AdaptivePollSize pollSize;
    private final WakeUpSignal wakeUp = new WakeUpSignal();
    private final List<TopicSubscription> subscriptions = new ArrayList<>();
    private int first;
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
        this.pollSize = new AdaptivePollSize(options.maxPollMessages(), options.pollHandling(), System::nanoTime);
    }

    @Override
    public void subscribe(List<Topic> topics) {
        for (Topic topic : topics) {
            topology.requireStart(topic, group, options.startOn(topic));
            topology.subscribe(topic, group, options.filterOn(topic));
        }
        try {
            for (Topic topic : topics) {
                TopicSubscription subscription = new TopicSubscription(connections, topic, group, options, wakeUp);
                subscriptions.add(subscription);
                subscription.start(timer);
            }
        } catch (IOException | ShutdownSignalException e) {
            throw RabbitFailures.failure(
                    "Group '" + group + "' could not subscribe to "
                            + topics.stream().map(Topic::name).toList() + " on RabbitMQ",
                    e);
        }
    }

    @Override
    public List<Delivery<String, byte[]>> poll(Duration timeout) {
        requireOpen();
        long deadline = System.nanoTime() + timeout.toNanos();
        try {
            do {
                resubscribe();
                List<Delivery<String, byte[]>> polled = takeBuffered();
                requireSubscribed();
                if (!polled.isEmpty()) {
                    pollSize.polled(polled.size());
                    return polled;
                }
            } while (wakeUp.await(Duration.ofNanos(deadline - System.nanoTime())));
            return List.of();
        } catch (IOException | ShutdownSignalException | InterruptedException e) {
            throw RabbitFailures.failure("Group '" + group + "' could not continue to poll RabbitMQ", e);
        }
    }

    /** Empties one queue's buffer before the next one's, and starts with another queue each time. */
    private List<Delivery<String, byte[]>> takeBuffered() {
        List<QueueConsumer> consumers = consumers();
        List<Delivery<String, byte[]>> taken = new ArrayList<>();
        first++;
        for (int i = 0; i < consumers.size() && taken.size() < pollSize.limit(); i++) {
            consumers.get((first + i) % consumers.size()).drainTo(taken, pollSize.limit() - taken.size());
        }
        return taken;
    }

    /**
     * Checks the subscription only. RabbitMQ expects no sign of life but an acknowledgement of each message within
     * {@code consumer_timeout}, 30 minutes by default. {@link AdaptivePollSize} keeps polled messages within it, and messages
     * that wait too long in a prefetch buffer are requeued.
     */
    @Override
    public void keepAlive() {
        requireOpen();
        requireSubscribed();
    }

    @Override
    public void commit() {
        requireOpen();
        try {
            List<CompletableFuture<Command>> answers = new ArrayList<>();
            for (QueueConsumer consumer : consumers()) {
                CompletableFuture<Command> answer = consumer.commit();
                if (answer != null) {
                    answers.add(answer);
                }
            }
            for (CompletableFuture<Command> answer : answers) {
                answer.get(RabbitConnections.RPC_MILLIS, TimeUnit.MILLISECONDS);
            }
            pollSize.committed();
            resubscribe();
        } catch (IOException
                | ShutdownSignalException
                | ExecutionException
                | TimeoutException
                | InterruptedException e) {
            throw RabbitFailures.failure("Group '" + group + "' could not commit on RabbitMQ", e);
        }
    }

    @Override
    public void close() {
        closed = true;
        subscriptions.forEach(TopicSubscription::close);
        subscriptions.clear();
    }

    private void resubscribe() throws IOException {
        for (TopicSubscription subscription : subscriptions) {
            subscription.resubscribe();
        }
    }

    private List<QueueConsumer> consumers() {
        return subscriptions.stream()
                .flatMap(subscription -> subscription.consumers().stream())
                .toList();
    }

    private void requireOpen() {
        if (closed) {
            throw new MessagingException("This member of group '" + group + "' is closed.", null);
        }
    }

    private void requireSubscribed() {
        if (subscriptions.isEmpty()) {
            throw new IllegalStateException("This member of group '" + group + "' has not subscribed to any topic.");
        }
        if (wakeUp.failure() != null) {
            throw new MessagingException(
                    "A member of group '" + group + "' lost its subscription on RabbitMQ: " + wakeUp.failure()
                            + ". What it has not committed is delivered again to the group's next member.",
                    null);
        }
    }
}
