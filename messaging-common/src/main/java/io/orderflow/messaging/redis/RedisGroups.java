package io.orderflow.messaging.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.orderflow.messaging.ConsumerGroups;
import io.orderflow.messaging.GroupBacklog;
import io.orderflow.messaging.MessagingException;
import io.orderflow.messaging.Topic;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The consumer groups of a topic's streams. One that nobody reads for keeps every entry since from being trimmed. */
record RedisGroups(Link control) implements ConsumerGroups {

    @Override
    public List<GroupBacklog> of(Topic topic, Collection<String> names) {
        List<?> answer = control.ask(
                "Listing the groups of topic " + topic.name(),
                c -> Script.GROUPS.<List<?>>run(c, Streams.of(topic), List.of(Membership.LEASES)));
        List<GroupBacklog> groups = new ArrayList<>();
        for (Object each : answer) {
            List<?> group = (List<?>) each;
            groups.add(new GroupBacklog(
                    new String((byte[]) group.get(0), UTF_8), (Long) group.get(1), (Long) group.get(2) == 1));
        }
        return groups;
    }

    @Override
    public void remove(Topic topic, String group) {
        List<String> keys = new ArrayList<>(Streams.of(topic));
        keys.add(0, Share.MEMBERS + topic.name() + ":" + group);
        keys.add(1, Share.OWNERS + topic.name() + ":" + group);
        long removed = control.<Long>ask(
                "Removing group " + group + " of topic " + topic.name(),
                c -> Script.REMOVE_GROUP.run(c, keys, List.of(group, Membership.LEASES)));
        if (removed == 0) {
            throw new MessagingException(
                    "Group '" + group + "' of topic '" + topic.name() + "' has members and was not removed.", null);
        }
    }
}
