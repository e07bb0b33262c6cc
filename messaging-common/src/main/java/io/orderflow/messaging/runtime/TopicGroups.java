package io.orderflow.messaging.runtime;

import io.orderflow.messaging.MessageBroker;
import io.orderflow.messaging.MessagingException;
import java.util.List;
import java.util.stream.Stream;

/** The groups of the topics that the configuration names ({@code messaging.topics.*}), as they are on the broker. */
public final class TopicGroups {

    private final MessageBroker broker;
    private final TopicCatalog catalog;

    public TopicGroups(MessageBroker broker, TopicCatalog catalog) {
        this.broker = broker;
        this.catalog = catalog;
    }

    /**
     * A group of a topic.
     *
     * @param messages its backlog; an estimate while messages are sent and committed
     * @param hasMembers whether it has members at present
     * @param configured whether {@code messaging.topics.<topic>.groups} names it here, so that it is declared again
     */
    public record TopicGroup(String topic, String group, long messages, boolean hasMembers, boolean configured) {}

    /**
     * The groups of all configured topics.
     *
     * @throws MessagingException if the broker is unavailable
     */
    public List<TopicGroup> list() {
        return catalog.entries().keySet().stream().sorted().flatMap(this::of).toList();
    }

    private Stream<TopicGroup> of(String topic) {
        List<String> configured = List.of(catalog.groups(topic));
        return broker.groups().of(catalog.topic(topic), configured).stream()
                .map(each -> new TopicGroup(
                        topic, each.group(), each.messages(), each.hasMembers(), configured.contains(each.group())));
    }

    /**
     * Removes a group and its backlog.
     *
     * @throws MessagingException if it has members, or the broker is unavailable; then nothing is removed
     */
    public void remove(String topic, String group) {
        broker.groups().remove(catalog.topic(topic), group);
    }
}
