package io.orderflow.messaging.runtime;

import io.orderflow.messaging.GroupBacklog;
import io.orderflow.messaging.MessageBroker;
import io.orderflow.messaging.MessagingException;
import io.orderflow.messaging.Topic;
import io.orderflow.messaging.brokers.Brokers;
import io.orderflow.messaging.brokers.Route;
import io.orderflow.messaging.handling.Subscription;
import java.util.List;
import java.util.stream.Stream;

/** The groups of the topics that the configuration names ({@code messaging.topics.*}), as they are on the brokers. */
public final class TopicGroups {

    private final Brokers brokers;
    private final TopicCatalog catalog;

    public TopicGroups(Brokers brokers, TopicCatalog catalog) {
        this.brokers = brokers;
        this.catalog = catalog;
    }

    /**
     * A group of a topic on a broker.
     *
     * @param messages its backlog; an estimate while messages are sent and committed
     * @param hasMembers whether it has members at present
     * @param configured whether {@code messaging.topics.<topic>.groups} names it here, so that it is declared again
     */
    public record TopicGroup(
            String topic, String group, String broker, long messages, boolean hasMembers, boolean configured) {}

    /**
     * The groups of all configured topics. On a broker that is drained also the retries and dead letters of each group, which have
     * topics of their own.
     *
     * @throws MessagingException if a broker is unavailable
     */
    public List<TopicGroup> list() {
        return catalog.entries().keySet().stream().sorted().flatMap(this::of).toList();
    }

    private Stream<TopicGroup> of(String name) {
        Topic topic = catalog.topic(name);
        Route route = brokers.of(topic);
        Stream<TopicGroup> current = of(route.broker(), topic, List.of(catalog.groups(name)));
        return route.drained() == null ? current : Stream.concat(current, ofDrained(route.drained(), topic));
    }

    private Stream<TopicGroup> ofDrained(MessageBroker broker, Topic topic) {
        List<String> configured = List.of(catalog.groups(topic.name()));
        return of(broker, topic, configured)
                .flatMap(group -> Stream.concat(Stream.of(group), failed(broker, topic.name(), group.group())));
    }

    /** The retries and dead letters of a group, as groups of topics of their own. */
    private Stream<TopicGroup> failed(MessageBroker broker, String topic, String group) {
        return Stream.concat(
                of(broker, Topic.retryOf(topic, group), group),
                of(broker, Topic.deadLettersOf(topic, group), TopicCatalog.DEAD_LETTERS));
    }

    /**
     * The backlog of a group with its retries and the dead letters that are not collected yet, on each broker that has it.
     *
     * @throws MessagingException if a broker is unavailable
     */
    public GroupBacklog backlog(Subscription of) {
        return GroupBacklog.total(
                of.group(),
                brokers.of(catalog.topic(of.topic())).brokers().stream()
                        .flatMap(broker -> Stream.of(
                                        backlog(broker, of.topic(), of.group()),
                                        backlog(broker, of.retryTopic(), of.group()),
                                        backlog(broker, of.deadLetterTopic(), TopicCatalog.DEAD_LETTERS))
                                .flatMap(each -> each))
                        .toList());
    }

    private Stream<GroupBacklog> backlog(MessageBroker broker, String topic, String group) {
        return broker.groups().of(catalog.topic(topic), List.of(group)).stream()
                .filter(each -> each.group().equals(group));
    }

    private Stream<TopicGroup> of(MessageBroker broker, String topic, String group) {
        return backlog(broker, topic, group).map(each -> topicGroup(broker, catalog.topic(topic), each, true));
    }

    private static Stream<TopicGroup> of(MessageBroker broker, Topic topic, List<String> configured) {
        return broker.groups().of(topic, configured).stream()
                .map(each -> topicGroup(broker, topic, each, configured.contains(each.group())));
    }

    private static TopicGroup topicGroup(MessageBroker broker, Topic topic, GroupBacklog group, boolean configured) {
        return new TopicGroup(
                topic.name(), group.group(), broker.traits().name(), group.messages(), group.hasMembers(), configured);
    }

    /**
     * Removes a group and its backlog, on each broker that has it.
     *
     * @throws MessagingException if it has members, or a broker is unavailable; then it may be removed on one of two brokers
     */
    public void remove(String topic, String group) {
        brokers.of(catalog.topic(topic)).brokers().forEach(each -> each.groups().remove(catalog.topic(topic), group));
    }
}
