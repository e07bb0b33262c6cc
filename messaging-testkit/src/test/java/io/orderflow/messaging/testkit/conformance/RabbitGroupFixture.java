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
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;

/** Members of one group, each with connections of its own as in a process of its own. They poll and commit on request. */
final class RabbitGroupFixture implements AutoCloseable {

    private static final Duration SHORT = Duration.ofMillis(20);

    private final URI uri;
    private final String topic;
    private final int maxPoll;
    private final List<Member> members = new ArrayList<>();

    RabbitGroupFixture(URI uri, String topic, int maxPoll) {
        this.uri = uri;
        this.topic = topic;
        this.maxPoll = maxPoll;
    }

    Member join() {
        Member member = new Member();
        members.add(member);
        return member;
    }

    List<Member> members() {
        return List.copyOf(members);
    }

    /** One of the members, if there are any. */
    Optional<Member> any(Random random) {
        return members.stream()
                .skip(random.nextInt(Math.max(1, members.size())))
                .findFirst();
    }

    @Override
    public void close() {
        members().forEach(Member::leave);
    }

    final class Member {

        private final CachingConnectionFactory connections = new CachingConnectionFactory(uri);
        private final RabbitBroker broker = new RabbitBroker(connections, RabbitMessagingProperties.defaults());
        private final MessageConsumer<String, byte[]> consumer =
                broker.consumer("group", ConsumerOptions.defaults().withMaxPollMessages(maxPoll));
        private final TreeSet<String> queues = new TreeSet<>();
        private List<Delivery<String, byte[]>> inFlight = List.of();

        private Member() {
            consumer.subscribe(List.of(Topic.named(topic)));
        }

        /** Polls unless messages are in flight. */
        void poll() {
            if (inFlight.isEmpty()) {
                inFlight = consumer.poll(SHORT);
                inFlight.forEach(delivery -> queues.add(delivery.position().replaceAll("#.*", "")));
            }
        }

        /** Polls even if messages are in flight; returns the new texts. */
        List<String> pollMore() {
            List<Delivery<String, byte[]>> more = consumer.poll(SHORT);
            List<Delivery<String, byte[]>> all = new ArrayList<>(inFlight);
            all.addAll(more);
            inFlight = all;
            return texts(more);
        }

        /** Commits what is in flight; returns the texts. */
        List<String> commit() {
            List<String> texts = texts(inFlight);
            inFlight = List.of();
            consumer.commit();
            return texts;
        }

        private static List<String> texts(List<Delivery<String, byte[]>> deliveries) {
            return deliveries.stream()
                    .map(delivery -> new String(delivery.message().value(), UTF_8))
                    .toList();
        }

        /** The queues that it has read from since the last call. */
        TreeSet<String> queues() {
            TreeSet<String> seen = new TreeSet<>(queues);
            queues.clear();
            return seen;
        }

        /** Closes the consumer; what is in flight is requeued. */
        void leave() {
            members.remove(this);
            consumer.close();
            broker.close();
        }

        /** Breaks the connections; what is in flight is never handled. */
        void crash() {
            members.remove(this);
            for (ConnectionFactory factory : List.of(connections, connections.getPublisherConnectionFactory())) {
                factory.createConnection().getDelegate().abort();
            }
            broker.close();
        }
    }
}
