package io.orderflow.messaging.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.orderflow.messaging.Topic;
import io.orderflow.messaging.adapter.PartitionOwners;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A topic that a member reads: the partitions that it owns, or the one stream of a work queue. The owners of partitions are
 * in a hash for each topic and group. A member without a lease owns nothing; no name of a member is used twice, so it is a
 * fencing token.
 *
 * <p>A partition that should be another member's ({@link PartitionOwners}) is no longer read, and is released when all that was
 * read from it is committed: its next owner starts where this one ended.
 */
final class SubscribedTopic {

    private static final Logger LOG = LoggerFactory.getLogger(SubscribedTopic.class);

    private final RedisTopic keys;
    private final Topic topic;
    private final Membership membership;
    private Set<Integer> owned = Set.of();
    private Set<Integer> wanted = Set.of();

    SubscribedTopic(Topic topic, Membership membership) {
        this.keys = new RedisTopic(topic);
        this.topic = topic;
        this.membership = membership;
    }

    Topic topic() {
        return topic;
    }

    /** The streams to read. */
    List<String> streams() {
        return topic.competing()
                ? keys.streams()
                : owned.stream().filter(wanted::contains).map(keys::stream).toList();
    }

    /** Whether this member owns what it should: it waits for no partition, and no other member waits for one of its. */
    boolean isBalanced() {
        return owned.equals(wanted);
    }

    /**
     * Releases partitions that should be other members', and takes those that should be this member's and have no owner.
     *
     * @param busy streams with entries that were read and are not committed
     */
    void rebalance(Link link, Set<String> busy) {
        Set<Integer> before = owned;
        Set<Integer> previous;
        do {
            previous = wanted;
            exchange(
                    link,
                    owned.stream()
                            .filter(partition -> !wanted.contains(partition) && !busy.contains(keys.stream(partition)))
                            .toList());
        } while (!wanted.equals(previous));
        if (!owned.equals(before)) {
            LOG.info(
                    "Member {} of group {} owns partitions {} of topic {}.",
                    membership.name(),
                    membership.group(),
                    owned,
                    topic.name());
        }
    }

    private void exchange(Link link, List<Integer> released) {
        String group = membership.group();
        List<String> arguments =
                new ArrayList<>(List.of(membership.name(), Membership.LEASES, Integer.toString(released.size())));
        Stream.concat(released.stream(), wanted.stream()).map(String::valueOf).forEach(arguments::add);
        List<List<byte[]>> reply = link.run(
                "Rebalancing topic " + topic.name() + " in group " + group,
                Script.REBALANCE,
                List.of(membership.lease(), keys.members(group), keys.owners(group)),
                arguments);
        Set<Integer> now = strings(reply.get(1)).map(Integer::valueOf).collect(Collectors.toCollection(TreeSet::new));
        if (!owned.stream().allMatch(partition -> released.contains(partition) || now.contains(partition))) {
            throw membership.leaseExpired();
        }
        owned = now;
        wanted = shareAmong(strings(reply.get(0)));
    }

    /** Hashes members with the topic, so that it is not the same member that has one partition more of every topic. */
    private Set<Integer> shareAmong(Stream<String> members) {
        int partitions = topic.competing() ? 0 : topic.partitions();
        List<String> owners = PartitionOwners.of(members.map(this::onTopic).toList(), partitions);
        return IntStream.range(0, partitions)
                .filter(partition -> owners.get(partition).equals(onTopic(membership.name())))
                .boxed()
                .collect(Collectors.toSet());
    }

    private String onTopic(String member) {
        return topic.name() + "/" + member;
    }

    private static Stream<String> strings(List<byte[]> reply) {
        return reply.stream().map(each -> new String(each, UTF_8));
    }
}
