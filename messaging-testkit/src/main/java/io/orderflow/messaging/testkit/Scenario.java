package io.orderflow.messaging.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.orderflow.messaging.BrokerTraits;
import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageBroker;
import io.orderflow.messaging.MessageConsumer;
import io.orderflow.messaging.MessageIds;
import io.orderflow.messaging.MessageProducer;
import io.orderflow.messaging.Topic;
import io.orderflow.messaging.events.EventSubscription;
import io.orderflow.messaging.pipeline.Pipeline;
import io.orderflow.messaging.pipeline.PipelineFeatures;
import io.orderflow.messaging.policy.DirectRecoverer;
import io.orderflow.messaging.runtime.Consumers;
import io.orderflow.messaging.runtime.DeclaringProducer;
import io.orderflow.messaging.runtime.TopicCatalog;
import io.orderflow.servers.TestServer;
import io.orderflow.servers.proxy.TcpProxy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One scenario while it runs: its topics and groups, and all that it opened. Closes that in reverse order. */
public final class Scenario implements AutoCloseable {

    /** How long nothing has to come until that counts as nothing. */
    static final Duration QUIET = Duration.ofMillis(600);

    static final Duration SHORT_POLL = Duration.ofMillis(200);

    private static final int NAME_LIMIT = 70;

    private final String name;
    private final String run;
    private final BrokerConformance test;
    private final @Nullable TestServer server;
    private final Duration patience;
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final MessageBroker broker;
    private final MessageProducer<String, byte[]> producer;

    Scenario(String name, BrokerConformance test) {
        String kebab = name.replace('_', '-');
        this.run = Long.toString(System.nanoTime(), 36);
        this.name = kebab.substring(0, Math.min(kebab.length(), NAME_LIMIT)) + "." + run;
        this.test = test;
        this.server = test.server();
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

    /** How long what must come is waited for. */
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

    /** The server, if this test may kill it; otherwise the scenario does not apply. */
    TestServer serverToCrash() {
        assumeTrue(server != null, "there is no server that this test may kill");
        return server;
    }

    /** Kills the server, or the scenario does not apply because the server is somebody else's. */
    void crash(TestServer victim) {
        try {
            victim.crash();
        } catch (UnsupportedOperationException e) {
            abort(e.getMessage());
        }
    }

    @Nullable
    TestServer serverIfAny() {
        return server;
    }

    MessageBroker newConnection() {
        return closedLater(test.connect());
    }

    /** A network of this scenario's own, or the scenario does not apply. */
    TcpProxy network() {
        assumeTrue(server != null, "there is no server whose network could be broken");
        try {
            TcpProxy network = server.proxy();
            assumeTrue(network != null, "there is no network that could be broken");
            return closedLater(network);
        } catch (UnsupportedOperationException e) {
            return abort(e.getMessage());
        }
    }

    MessageBroker connectThrough(TcpProxy network) {
        MessageBroker behind = test.connect(network);
        assumeTrue(behind != null, "there is no way to connect through a proxy");
        return closedLater(behind);
    }

    /** Deletes the scenario's topic, which has this one group, behind the broker's clients, or the scenario does not apply. */
    void deleteTopic(String group) {
        try {
            test.delete(topic(), group);
        } catch (UnsupportedOperationException e) {
            abort(e.getMessage());
        }
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

    /** A member that reads as a consuming loop does. */
    Reader reader(String group, int maxPollMessages) {
        return reader(broker, group, ConsumerOptions.defaults().withMaxPollMessages(maxPollMessages));
    }

    Reader reader(MessageBroker from, String group, ConsumerOptions options) {
        return closedLater(new Reader(() -> from.consumer(group, options), List.of(topic())));
    }

    /** Runs a subscription as an application without a database does, until the scenario ends. */
    Consumers consume(EventSubscription subscription) {
        TopicCatalog catalog = new TopicCatalog(Map.of());
        Pipeline pipeline = new Pipeline(
                new DirectRecoverer(closedLater(new DeclaringProducer(broker, broker.producer(), catalog))),
                PipelineFeatures.NONE,
                new MessageIds(broker.traits()),
                new SimpleMeterRegistry(),
                InstantSource.system());
        Consumers consumers = new Consumers(broker, catalog, pipeline, List.of(subscription), List.of());
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

    /** Polls until so many messages have come, and returns them; whoever sent fewer waits in vain. */
    List<Delivery<String, byte[]>> receive(MessageConsumer<String, byte[]> member, int number) {
        List<Delivery<String, byte[]>> received = new ArrayList<>();
        long deadline = System.nanoTime() + patience.toNanos();
        while (received.size() < number && System.nanoTime() < deadline) {
            received.addAll(member.poll(SHORT_POLL));
        }
        assertThat(received)
                .as("messages of %s after waiting for %s", topic().name(), patience)
                .hasSizeGreaterThanOrEqualTo(number);
        return received;
    }

    /** What comes until nothing has come for {@link #QUIET}; for a member that has received something before. */
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

    /** So many messages and no more: what it returns is all there is. */
    List<Delivery<String, byte[]>> receiveAll(MessageConsumer<String, byte[]> member, int number) {
        List<Delivery<String, byte[]>> all = new ArrayList<>(receive(member, number));
        all.addAll(rest(member));
        return all;
    }

    private <T extends AutoCloseable> T closedLater(T resource) {
        opened.push(resource);
        return resource;
    }

    /** Closes everything; a close() that threw fails the scenario afterwards, as none may. */
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
