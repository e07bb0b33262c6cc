package io.orderflow.messaging;

import java.util.Collection;
import java.util.List;

/** The groups of topics, for operators. Thread-safe; each call asks the broker. */
public interface ConsumerGroups {

    /**
     * The groups of a topic, in no order. RabbitMQ does not list its queues to clients, and is asked for the named groups only.
     *
     * @param names groups that may exist; others are omitted
     * @throws MessagingException if the broker is unavailable
     */
    List<GroupBacklog> of(Topic topic, Collection<String> names);

    /**
     * Removes a group with its backlog. Other groups keep theirs. A group that does not exist is no error. The group exists again
     * once it is declared, or a member subscribes.
     *
     * @throws MessagingException if the group has members, or the broker is unavailable; then nothing is removed
     */
    void remove(Topic topic, String group);
}
