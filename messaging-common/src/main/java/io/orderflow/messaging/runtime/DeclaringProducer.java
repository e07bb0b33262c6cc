package io.orderflow.messaging.runtime;

import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageBroker;
import io.orderflow.messaging.MessageProducer;
import io.orderflow.messaging.MessagingException;
import io.orderflow.messaging.Topic;
import io.orderflow.messaging.brokers.Brokers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Sends to topics as the application has configured them, each to its broker: of the topic that it is given only the name counts.
 * Declares a topic, together with its configured groups, before the first send to it, and again after a send has failed: the topic
 * may have been deleted.
 */
public final class DeclaringProducer implements MessageProducer<String, byte[]> {

    private final Brokers brokers;
    private final TopicCatalog catalog;
    private final Map<MessageBroker, MessageProducer<String, byte[]>> producers = new ConcurrentHashMap<>();
    private final Map<String, Topic> declared = new ConcurrentHashMap<>();

    public DeclaringProducer(Brokers brokers, TopicCatalog catalog) {
        this.brokers = brokers;
        this.catalog = catalog;
        brokers.all().forEach(each -> producers.put(each, each.producer()));
    }

    @Override
    public void sendBatch(Topic topic, List<Message<String, byte[]>> messages) {
        String name = topic.name();
        Topic configured = declared.get(name);
        MessageBroker broker = brokers.of(topic).broker();
        if (configured == null) {
            configured = catalog.topic(name);
            broker.declare(configured, catalog.groups(name));
            declared.put(name, configured);
        }
        try {
            producers.get(broker).sendBatch(configured, messages);
        } catch (MessagingException e) {
            declared.remove(name);
            throw e;
        }
    }

    @Override
    public void close() {
        producers.values().forEach(MessageProducer::close);
    }
}
