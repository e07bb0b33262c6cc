package io.orderflow.messaging.runtime;

import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageBroker;
import io.orderflow.messaging.MessageProducer;
import io.orderflow.messaging.MessagingException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Declares a topic, with the groups that must not miss anything, before it sends to it for the first time and again
 * after sending has failed: the topic may have been deleted.
 */
public final class DeclaringProducer implements MessageProducer<String, byte[]> {

    private final MessageBroker broker;
    private final MessageProducer<String, byte[]> producer;
    private final TopicCatalog catalog;
    private final Set<String> declared = ConcurrentHashMap.newKeySet();

    public DeclaringProducer(MessageBroker broker, MessageProducer<String, byte[]> producer, TopicCatalog catalog) {
        this.broker = broker;
        this.producer = producer;
        this.catalog = catalog;
    }

    @Override
    public void sendBatch(String topic, List<Message<String, byte[]>> messages) {
        if (!declared.contains(topic)) {
            broker.declare(catalog.topic(topic), catalog.groups(topic));
            declared.add(topic);
        }
        try {
            producer.sendBatch(topic, messages);
        } catch (MessagingException e) {
            declared.remove(topic);
            throw e;
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
