package io.orderflow.messaging.testkit.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.MessageConsumer;
import io.orderflow.messaging.Topic;
import io.orderflow.messaging.rabbit.RabbitBroker;
import io.orderflow.messaging.rabbit.RabbitMessagingProperties;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;

/** Members of one group, each with connections of its own, as processes would have them. They work when they are told. */
final class RabbitCrew implements AutoCloseable {

    private static final Duration SHORT = Duration.ofMillis(20);

    private final URI uri;
    private final String topic;
    private final int maxPoll;
    private final List<Worker> workers = new ArrayList<>();

    RabbitCrew(URI uri, String topic, int maxPoll) {
        this.uri = uri;
        this.topic = topic;
        this.maxPoll = maxPoll;
    }

    Worker hire() {
        Worker worker = new Worker();
        workers.add(worker);
        return worker;
    }

    List<Worker> workers() {
        return List.copyOf(workers);
    }

    @Override
    public void close() {
        workers().forEach(Worker::leave);
    }

    final class Worker {

        private final CachingConnectionFactory connections = new CachingConnectionFactory(uri);
        private final RabbitBroker broker = new RabbitBroker(connections, RabbitMessagingProperties.defaults());
        private final MessageConsumer<String, byte[]> member =
                broker.consumer("group", ConsumerOptions.defaults().withMaxPollMessages(maxPoll));
        private final TreeSet<String> queues = new TreeSet<>();
        private List<Delivery<String, byte[]>> inFlight = List.of();

        private Worker() {
            member.subscribe(List.of(Topic.named(topic)));
        }

        /** Takes something in hand, unless it has something there. */
        void take() {
            if (inFlight.isEmpty()) {
                inFlight = member.poll(SHORT);
                inFlight.forEach(delivery -> queues.add(delivery.position().replaceAll("#.*", "")));
            }
        }

        /** Takes more in hand than it has already; returns the new texts. */
        List<String> takeMore() {
            List<Delivery<String, byte[]>> more = member.poll(SHORT);
            List<Delivery<String, byte[]>> all = new ArrayList<>(inFlight);
            all.addAll(more);
            inFlight = all;
            return texts(more);
        }

        /** Handles what it has in hand and commits it; returns the texts. */
        List<String> finish() {
            List<String> texts = texts(inFlight);
            inFlight = List.of();
            member.commit();
            return texts;
        }

        private static List<String> texts(List<Delivery<String, byte[]>> deliveries) {
            return deliveries.stream()
                    .map(delivery -> new String(delivery.message().value(), UTF_8))
                    .toList();
        }

        /** Which queues it has read from since the last time. */
        TreeSet<String> queues() {
            TreeSet<String> seen = new TreeSet<>(queues);
            queues.clear();
            return seen;
        }

        /** Gives back what it has in hand. */
        void leave() {
            workers.remove(this);
            member.close();
            broker.close();
        }

        /** Its connections break, and what it had in hand is never handled. */
        void die() {
            workers.remove(this);
            for (ConnectionFactory factory : List.of(connections, connections.getPublisherConnectionFactory())) {
                factory.createConnection().getDelegate().abort();
            }
            broker.close();
        }
    }
}
