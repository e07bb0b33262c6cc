package io.orderflow.messaging.rabbit;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ShutdownSignalException;
import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.MessageConsumer;
import io.orderflow.messaging.MessagingException;
import io.orderflow.messaging.Topic;
import io.orderflow.messaging.adapter.BroadcastBuffer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads each topic from an exclusive queue, which RabbitMQ deletes with the connection, without acknowledgements. */
final class RabbitBroadcastConsumer implements MessageConsumer<String, byte[]> {

    private final BroadcastBuffer buffer = new BroadcastBuffer();
    private final RabbitConnections connections;
    private final RabbitTopology topology;
    private final ConsumerOptions options;
    private @Nullable Channel channel;
    private volatile @Nullable String failure;

    RabbitBroadcastConsumer(RabbitConnections connections, RabbitTopology topology, ConsumerOptions options) {
        this.connections = connections;
        this.topology = topology;
        this.options = options;
    }

    @Override
    public void subscribe(List<Topic> topics) {
        topics.forEach(topic -> topology.declare(topic, List.of()));
        Channel opened = connections.openForConsuming();
        channel = opened;
        opened.addShutdownListener(cause -> failure = "the channel was closed: " + RabbitFailures.reason(cause));
        try {
            for (Topic topic : topics) {
                consume(opened, topic.name());
            }
        } catch (IOException | ShutdownSignalException e) {
            throw RabbitFailures.failure("Broadcasts on RabbitMQ cannot be received", e);
        }
    }

    private void consume(Channel opened, String topic) throws IOException {
        String queue = opened.queueDeclare().getQueue();
        opened.queueBind(queue, topic, options.address() == null ? "#" : RabbitHeaders.addressKey(options.address()));
        opened.basicConsume(
                queue,
                true,
                (tag, delivery) -> buffer.add(new Delivery<>(
                        topic, new FetchedMessage(delivery, System.nanoTime()).decode(Instant.now()), queue, false)),
                tag -> failure = "queue '" + queue + "' was deleted");
    }

    @Override
    public List<Delivery<String, byte[]>> poll(Duration timeout) {
        if (channel == null) {
            throw new IllegalStateException("Subscribe first.");
        }
        List<Delivery<String, byte[]>> polled = new ArrayList<>(buffer.poll(timeout, options.maxPollMessages()));
        polled.removeIf(each -> !options.isAddressee(each.message()));
        if (polled.isEmpty() && failure != null) {
            throw new MessagingException("Broadcasts on RabbitMQ are no longer received: " + failure + ".", null);
        }
        return polled;
    }

    @Override
    public void commit() {}

    @Override
    public void close() {
        if (channel != null) {
            RabbitFailures.close(channel);
        }
    }
}
