package io.orderflow.messaging.testkit.conformance;

import io.orderflow.messaging.BrokerTraits;
import io.orderflow.messaging.ConsumerGroups;
import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageBroker;
import io.orderflow.messaging.MessageConsumer;
import io.orderflow.messaging.MessageProducer;
import io.orderflow.messaging.MessagingException;
import io.orderflow.messaging.Topic;
import io.orderflow.messaging.memory.MemoryBroker;
import io.orderflow.servers.TestServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A memory broker that can be away, and that remembers or forgets when it comes back. */
final class CrashingMemory implements MessageBroker, TestServer {

    private final boolean forgets;
    private final Queue<MessageConsumer<String, byte[]>> members = new ConcurrentLinkedQueue<>();
    private volatile MemoryBroker store = new MemoryBroker();
    private volatile boolean up = true;
    private volatile int life;

    CrashingMemory(boolean forgets) {
        this.forgets = forgets;
    }

    @Override
    public void crash() {
        up = false;
        life++;
        members.forEach(MessageConsumer::close);
        members.clear();
        store = forgets ? new MemoryBroker() : store;
    }

    @Override
    public void restart() {
        up = true;
    }

    @Override
    public Map<String, String> environment() {
        return Map.of();
    }

    @Override
    public BrokerTraits traits() {
        return new BrokerTraits(
                "crashing-memory", true, false, true, answering().traits().limits());
    }

    @Override
    public void declare(Topic topic, String... groups) {
        answering().declare(topic, groups);
    }

    @Override
    public MessageProducer<String, byte[]> producer() {
        return new MessageProducer<>() {
            @Override
            public void sendBatch(Topic topic, List<Message<String, byte[]>> messages) {
                answering().producer().sendBatch(topic, new ArrayList<>(messages));
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public MessageConsumer<String, byte[]> consumer(String group, ConsumerOptions options) {
        int bornIn = life;
        MessageConsumer<String, byte[]> real = store.consumer(group, options);
        members.add(real);
        return new TamperedConsumer(real) {
            @Override
            public void subscribe(List<Topic> topics) {
                requireSameLife(bornIn);
                super.subscribe(topics);
            }

            @Override
            public List<Delivery<String, byte[]>> poll(Duration timeout) {
                requireSameLife(bornIn);
                return super.poll(timeout);
            }

            @Override
            public void commit() {
                requireSameLife(bornIn);
                super.commit();
            }
        };
    }

    @Override
    public ConsumerGroups groups() {
        return answering().groups();
    }

    @Override
    public void ping(Duration timeout) {
        answering();
    }

    @Override
    public void close() {}

    private MemoryBroker answering() {
        if (!up) {
            throw new MessagingException("The broker is away.", null);
        }
        return store;
    }

    private void requireSameLife(int bornIn) {
        answering();
        if (bornIn != life) {
            throw new MessagingException("The connection is gone.", null);
        }
    }
}
