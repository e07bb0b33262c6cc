package io.orderflow.messaging.runtime;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageProducer;
import io.orderflow.messaging.Topic;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts the messages that the broker has accepted, by topic. */
public final class ObservedProducer implements MessageProducer<String, byte[]> {

    private final MessageProducer<String, byte[]> producer;
    private final MeterRegistry registry;
    private final Map<String, Counter> published = new ConcurrentHashMap<>();

    public ObservedProducer(MessageProducer<String, byte[]> producer, MeterRegistry registry) {
        this.producer = producer;
        this.registry = registry;
    }

    @Override
    public void sendBatch(Topic topic, List<Message<String, byte[]>> messages) {
        producer.sendBatch(topic, messages);
        published.computeIfAbsent(topic.name(), this::counter).increment(messages.size());
    }

    private Counter counter(String topic) {
        return Counter.builder("messaging.published")
                .description("Messages that the broker has accepted")
                .tag("topic", topic)
                .register(registry);
    }

    @Override
    public void close() {
        producer.close();
    }
}
