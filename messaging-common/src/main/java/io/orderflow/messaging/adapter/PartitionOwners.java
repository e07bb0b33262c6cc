package io.orderflow.messaging.adapter;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Assigns the partitions of a topic to the members of a group: rendezvous hashing with a limit for each member. All members
 * that know of the same others compute the same assignment. No member has more than one partition more than another, and
 * most partitions keep their owner when a member joins or leaves.
 */
public final class PartitionOwners {

    private PartitionOwners() {}

    /**
     * The owners by partition.
     *
     * @param members at least one, in any order
     */
    public static List<String> of(Collection<String> members, int partitions) {
        List<String> all = List.copyOf(new TreeSet<>(members));
        int share = partitions / all.size();
        int largerShares = partitions % all.size();
        Map<String, Integer> loads = new HashMap<>();
        return IntStream.range(0, partitions)
                .mapToObj(partition -> {
                    long larger =
                            loads.values().stream().filter(load -> load > share).count();
                    int limit = larger < largerShares ? share + 1 : share;
                    String owner = all.stream()
                            .filter(member -> loads.getOrDefault(member, 0) < limit)
                            .max(Comparator.comparingInt(member -> weight(member, partition)))
                            .orElseThrow();
                    loads.merge(owner, 1, Integer::sum);
                    return owner;
                })
                .toList();
    }

    /** The most partitions that one of so many members may own, so that each gets its fair share. */
    public static int largestShare(int partitions, int members) {
        return (partitions + members - 1) / members;
    }

    /** The same number for the same two in every process, and unrelated to that of the next partition (murmur3's finalizer). */
    private static int weight(String member, int partition) {
        int hash = 31 * member.hashCode() + partition;
        hash = (hash ^ (hash >>> 16)) * 0x85ebca6b;
        hash = (hash ^ (hash >>> 13)) * 0xc2b2ae35;
        return hash ^ (hash >>> 16);
    }
}
