package io.orderflow.messaging;

import java.util.Collection;
import java.util.List;

/** The groups of topics, for those who operate a broker. Safe for use by many threads; each call asks the broker. */
public interface ConsumerGroups {

    /**
     * The groups that a topic has on the broker, in no order. RabbitMQ cannot list them to its clients and is asked for the
     * named ones alone.
     *
     * @param names groups that may exist; those that do not are left out
     * @throws MessagingException if the broker is unavailable
     */
    List<GroupBacklog> of(Topic topic, Collection<String> names);

    /**
     * Removes a group together with everything that waits for it. Other groups keep theirs. A group that does not exist is
     * no error. The group exists again as soon as somebody declares it or subscribes for it.
     *
     * @throws MessagingException if the group has members, and if the broker is unavailable; then nothing is removed
     */
    void remove(Topic topic, String group);
}
