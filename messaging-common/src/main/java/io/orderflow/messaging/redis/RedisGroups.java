package io.orderflow.messaging.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.orderflow.messaging.ConsumerGroups;
import io.orderflow.messaging.GroupBacklog;
import io.orderflow.messaging.MessagingException;
import io.orderflow.messaging.Topic;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The consumer groups of a topic's streams. A group without members keeps what it has not read from being trimmed. */
record RedisGroups(Link control) implements ConsumerGroups {

    @Override
    public List<GroupBacklog> of(Topic topic, Collection<String> names) {
        RedisTopic keys = new RedisTopic(topic);
        List<List<?>> groups = control.run(
                "Listing the groups of topic " + topic.name(),
                Script.GROUPS,
                keys.streams(),
                List.of(Membership.LEASES, keys.members("")));
        return groups.stream()
                .map(group -> new GroupBacklog(
                        new String((byte[]) group.get(0), UTF_8), (Long) group.get(1), (Long) group.get(2) == 1))
                .toList();
    }

    @Override
    public void remove(Topic topic, String group) {
        RedisTopic of = new RedisTopic(topic);
        List<String> keys = new ArrayList<>(List.of(of.members(group), of.owners(group)));
        keys.addAll(of.streams());
        long removed = control.<Long>run(
                "Removing group " + group + " of topic " + topic.name(),
                Script.REMOVE_GROUP,
                keys,
                List.of(group, Membership.LEASES));
        if (removed == 0) {
            throw new MessagingException(
                    "Group '" + group + "' of topic '" + topic.name() + "' has members and was not removed.", null);
        }
    }
}
