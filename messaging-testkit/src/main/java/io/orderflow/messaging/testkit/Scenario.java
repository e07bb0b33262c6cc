package io.orderflow.messaging.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.orderflow.messaging.BrokerTraits;
import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageBroker;
import io.orderflow.messaging.MessageConsumer;
import io.orderflow.messaging.MessageProducer;
import io.orderflow.messaging.Topic;
import io.orderflow.messaging.brokers.Brokers;
import io.orderflow.messaging.claimcheck.HttpPayloadSource;
import io.orderflow.messaging.claimcheck.PayloadSource;
import io.orderflow.messaging.events.EventSubscription;
import io.orderflow.messaging.pipeline.Observability;
import io.orderflow.messaging.pipeline.Pipeline;
import io.orderflow.messaging.pipeline.PipelineFeatures;
import io.orderflow.messaging.policy.DirectRecoverer;
import io.orderflow.messaging.runtime.Consumers;
import io.orderflow.messaging.runtime.DeclaringProducer;
import io.orderflow.messaging.runtime.TopicCatalog;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One scenario while it runs: its topic and groups, and the resources it has opened, which are closed in reverse order. */
public final class Scenario implements AutoCloseable {

    /** After this time without a message no more are expected. */
    static final Duration QUIET = Duration.ofMillis(600);

    static final Duration SHORT_POLL = Duration.ofMillis(200);

    private static final int NAME_LIMIT = 70;

    private final String name;
    private final String run;
    private final BrokerConformance test;
    private final ServerFaults faults;
    private final Duration patience;
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final MessageBroker broker;
    private final MessageProducer<String, byte[]> producer;

    Scenario(String name, BrokerConformance test) {
        String kebab = name.replace('_', '-');
        this.run = Long.toString(System.nanoTime(), 36);
        this.name = kebab.substring(0, Math.min(kebab.length(), NAME_LIMIT)) + "." + run;
        this.test = test;
        this.faults = new ServerFaults(test, this);
        this.patience = test.patience();
        this.broker = newConnection();
        this.producer = newProducer(broker);
    }

    /** The one topic of most scenarios. */
    Topic topic() {
        return Topic.named("conformance." + name);
    }

    /** A group of this scenario alone. */
    String group(String suffix) {
        return suffix + "-" + run;
    }

    /** How long expected messages are waited for. */
    Duration patience() {
        return patience;
    }

    MessageBroker broker() {
        return broker;
    }

    BrokerTraits traits() {
        return broker.traits();
    }

    MessageProducer<String, byte[]> producer() {
        return producer;
    }

    Class<?> test() {
        return test.getClass();
    }

    ServerFaults faults() {
        return faults;
    }

    MessageBroker newConnection() {
        return closedLater(test.connect());
    }

    MessageProducer<String, byte[]> newProducer(MessageBroker from) {
        return closedLater(from.producer());
    }

    void declare(String... groups) {
        broker.declare(topic(), groups);
    }

    /** A member of the group on the scenario's topic. */
    MessageConsumer<String, byte[]> member(String group) {
        return member(group, ConsumerOptions.defaults(), topic());
    }

    MessageConsumer<String, byte[]> member(String group, int maxPollMessages) {
        return member(group, ConsumerOptions.defaults().withMaxPollMessages(maxPollMessages), topic());
    }

    MessageConsumer<String, byte[]> member(String group, ConsumerOptions options, Topic... topics) {
        return member(broker, group, options, topics);
    }

    MessageConsumer<String, byte[]> member(MessageBroker from, String group, ConsumerOptions options, Topic... topics) {
        MessageConsumer<String, byte[]> member = closedLater(from.consumer(group, options));
        member.subscribe(List.of(topics));
        return member;
    }

    /** A member that is closed and opened again after a failure, as in the consumer loop. */
    Reader reader(String group, int maxPollMessages) {
        return reader(broker, group, ConsumerOptions.defaults().withMaxPollMessages(maxPollMessages));
    }

    Reader reader(MessageBroker from, String group, ConsumerOptions options) {
        return closedLater(new Reader(() -> from.consumer(group, options), List.of(topic())));
    }

    /** Runs a subscription as an application without a database does, until the scenario ends. */
    Consumers consume(EventSubscription subscription) {
        return consume(List.of(subscription), List.of());
    }

    /** The same with readers of the library's own. */
    Consumers consume(List<EventSubscription> subscriptions, List<io.orderflow.messaging.runtime.Reader> readers) {
        return consume(subscriptions, readers, new HttpPayloadSource(Map.of(), null));
    }

    /** The same with payloads from this source. */
    Consumers consume(
            List<EventSubscription> subscriptions,
            List<io.orderflow.messaging.runtime.Reader> readers,
            PayloadSource payloads) {
        TopicCatalog catalog = new TopicCatalog(Map.of());
        Pipeline pipeline = new Pipeline(
                new DirectRecoverer(closedLater(new DeclaringProducer(Brokers.only(broker), catalog))),
                PipelineFeatures.NONE,
                new Observability(new SimpleMeterRegistry(), null),
                payloads,
                InstantSource.system());
        Consumers consumers = new Consumers(Brokers.only(broker), catalog, pipeline, subscriptions, readers);
        opened.push(consumers::stop);
        consumers.start();
        return consumers;
    }

    /** Sends one message after the other, each with this key. */
    void send(@Nullable String key, List<String> texts) {
        texts.forEach(text -> producer.send(topic(), Messages.text(key, text)));
    }

    void sendBatch(List<Message<String, byte[]>> messages) {
        producer.sendBatch(topic(), messages);
    }

    /**
     * Polls until so many messages were received, and returns them. Where the broker locks keys, the member commits before each
     * further poll: only what the last poll returned is uncommitted then.
     */
    List<Delivery<String, byte[]>> receive(MessageConsumer<String, byte[]> member, int number) {
        return receive(member, number, traits().locksKeys());
    }

    /** The same without any commit, for messages of different keys. */
    List<Delivery<String, byte[]>> receiveUncommitted(MessageConsumer<String, byte[]> member, int number) {
        return receive(member, number, false);
    }

    private List<Delivery<String, byte[]>> receive(
            MessageConsumer<String, byte[]> member, int number, boolean committing) {
        List<Delivery<String, byte[]>> received = new ArrayList<>();
        long deadline = System.nanoTime() + patience.toNanos();
        while (received.size() < number && System.nanoTime() < deadline) {
            if (committing && !received.isEmpty()) {
                member.commit();
            }
            received.addAll(member.poll(SHORT_POLL));
        }
        assertThat(received)
                .as("messages of %s after waiting for %s", topic().name(), patience)
                .hasSizeGreaterThanOrEqualTo(number);
        return received;
    }

    /** Receives until no message arrives for {@link #QUIET}; for a member that has received messages before. */
    List<Delivery<String, byte[]>> rest(MessageConsumer<String, byte[]> member) {
        List<Delivery<String, byte[]>> received = new ArrayList<>();
        long quietAt = System.nanoTime() + QUIET.toNanos();
        while (System.nanoTime() < quietAt) {
            List<Delivery<String, byte[]>> more = member.poll(SHORT_POLL);
            received.addAll(more);
            quietAt = more.isEmpty() ? quietAt : System.nanoTime() + QUIET.toNanos();
        }
        return received;
    }

    /** Receives at least so many messages, and then all others. */
    List<Delivery<String, byte[]>> receiveAll(MessageConsumer<String, byte[]> member, int number) {
        List<Delivery<String, byte[]>> all = new ArrayList<>(receive(member, number));
        all.addAll(rest(member));
        return all;
    }

    <T extends AutoCloseable> T closedLater(T resource) {
        opened.push(resource);
        return resource;
    }

    /** Closes all resources; then fails if a close() has thrown. */
    @Override
    public void close() {
        AssertionError failure = null;
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception e) {
                failure = new AssertionError("A close() threw", e);
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
