package io.orderflow.benchmarks;

import io.orderflow.messaging.Headers;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageProducer;
import io.orderflow.messaging.Topic;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** A producer that knows how many messages the broker has accepted, and how long after its commit each was. */
final class Accepted implements MessageProducer<String, byte[]> {

    private final MessageProducer<String, byte[]> producer;
    private final AtomicLong number = new AtomicLong();
    private final Map<String, Long> committed = new ConcurrentHashMap<>();
    private final List<Double> millis = Collections.synchronizedList(new ArrayList<>());

    Accepted(MessageProducer<String, byte[]> producer) {
        this.producer = producer;
    }

    @Override
    public void sendBatch(Topic topic, List<Message<String, byte[]>> messages) {
        producer.sendBatch(topic, messages);
        long now = System.nanoTime();
        for (Message<String, byte[]> message : messages) {
            Long since = committed.remove(message.header(Headers.ID));
            if (since != null) {
                millis.add((now - since) / 1e6);
            }
        }
        number.addAndGet(messages.size());
    }

    /** Called at its commit, before the relay can know of it. */
    void committed(String id) {
        committed.put(id, System.nanoTime());
    }

    long number() {
        return number.get();
    }

    void await(long total) {
        while (number.get() < total) {
            LockSupport.parkNanos(100_000);
        }
    }

    /** The latencies since the last call, sorted. */
    List<Double> latencies() {
        synchronized (millis) {
            List<Double> sorted = millis.stream().sorted().toList();
            millis.clear();
            return sorted;
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
