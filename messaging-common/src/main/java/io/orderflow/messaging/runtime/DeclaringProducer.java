package io.orderflow.messaging.runtime;

import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageBroker;
import io.orderflow.messaging.MessageProducer;
import io.orderflow.messaging.MessagingException;
import io.orderflow.messaging.Topic;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Sends to topics as the application has configured them: of the topic that it is given only the name counts. Declares
 * a topic, together with its configured groups, before the first send to it, and again after a send has failed: the topic
 * may have been deleted.
 */
public final class DeclaringProducer implements MessageProducer<String, byte[]> {

    private final MessageBroker broker;
    private final MessageProducer<String, byte[]> producer;
    private final TopicCatalog catalog;
    private final Map<String, Topic> declared = new ConcurrentHashMap<>();

    public DeclaringProducer(MessageBroker broker, MessageProducer<String, byte[]> producer, TopicCatalog catalog) {
        this.broker = broker;
        this.producer = producer;
        this.catalog = catalog;
    }

    @Override
    public void sendBatch(Topic topic, List<Message<String, byte[]>> messages) {
        String name = topic.name();
        Topic configured = declared.get(name);
        if (configured == null) {
            configured = catalog.topic(name);
            broker.declare(configured, catalog.groups(name));
            declared.put(name, configured);
        }
        try {
            producer.sendBatch(configured, messages);
        } catch (MessagingException e) {
            declared.remove(name);
            throw e;
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
