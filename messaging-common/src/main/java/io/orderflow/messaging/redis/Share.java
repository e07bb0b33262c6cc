package io.orderflow.messaging.redis;

import io.orderflow.messaging.Topic;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The partitions of one keyed topic that a member owns. Owner is who stands in the topic's and group's hash of owners, for
 * as long as it has its lease; no member's name is ever used again, so the name fences as an epoch does.
 *
 * <p>What is more than a fair share is read no further, and given away once nothing of it is left to handle and commit:
 * the next owner begins where this one ended.
 */
final class Share {

    static final String MEMBERS = "messaging:members:";
    static final String OWNERS = "messaging:owners:";
    private static final Logger LOG = LoggerFactory.getLogger(Share.class);

    private final Topic topic;
    private final Membership membership;
    private Set<Integer> owned = Set.of();
    private Set<Integer> leaving = Set.of();
    private int fair;

    Share(Topic topic, Membership membership) {
        this.topic = topic;
        this.membership = membership;
    }

    Topic topic() {
        return topic;
    }

    /** The streams to read. */
    List<String> streams() {
        return owned.stream()
                .filter(partition -> !leaving.contains(partition))
                .map(this::stream)
                .toList();
    }

    /** Whether others wait for partitions of this member. */
    boolean isTooLarge() {
        return !leaving.isEmpty();
    }

    /** Whether this member waits for partitions of others. */
    boolean isTooSmall() {
        return owned.size() < fair;
    }

    /**
     * Gives away what is too much, and takes what is free.
     *
     * @param busy streams of which something is not committed yet
     * @return whether there are partitions that were another's before
     */
    boolean settle(Link link, Set<String> busy) {
        Set<Integer> before = owned;
        do {
            ask(link, leaving.stream().filter(it -> !busy.contains(stream(it))).toList());
            leaving = surplus(busy);
        } while (leaving.stream().anyMatch(partition -> !busy.contains(stream(partition))));
        if (!owned.equals(before)) {
            LOG.info(
                    "Member {} of group {} has partitions {} of topic {} now.",
                    membership.name(),
                    membership.group(),
                    owned,
                    topic.name());
        }
        return !before.containsAll(owned);
    }

    static String members(String topic, String group) {
        return MEMBERS + topic + ":" + group;
    }

    static String owners(String topic, String group) {
        return OWNERS + topic + ":" + group;
    }

    private void ask(Link link, List<Integer> given) {
        List<String> keys = List.of(
                membership.lease(),
                members(topic.name(), membership.group()),
                owners(topic.name(), membership.group()));
        List<String> arguments =
                new ArrayList<>(List.of(membership.name(), Membership.LEASES, Integer.toString(topic.partitions())));
        given.forEach(partition -> arguments.add(partition.toString()));
        List<Long> answer = link.run(
                "Sharing topic " + topic.name() + " in group " + membership.group(), Script.SHARE, keys, arguments);
        fair = answer.get(0).intValue();
        Set<Integer> mine = new LinkedHashSet<>();
        answer.subList(1, answer.size()).forEach(partition -> mine.add(partition.intValue()));
        if (fair < 0
                || !mine.containsAll(
                        owned.stream().filter(it -> !given.contains(it)).toList())) {
            throw membership.gone();
        }
        owned = mine;
    }

    /** Idle ones first. */
    private Set<Integer> surplus(Set<String> busy) {
        Set<Integer> surplus = new LinkedHashSet<>();
        owned.stream()
                .sorted(Comparator.comparing((Integer partition) -> busy.contains(stream(partition)))
                        .thenComparing(Comparator.reverseOrder()))
                .limit(Math.max(0, owned.size() - fair))
                .forEach(surplus::add);
        return surplus;
    }

    private String stream(int partition) {
        return Streams.name(topic.name(), partition);
    }
}
